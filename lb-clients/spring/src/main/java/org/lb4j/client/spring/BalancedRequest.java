package org.lb4j.client.spring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.lb4j.client.Delivery;
import org.lb4j.client.ResponseHead;
import org.lb4j.client.Service;
import org.lb4j.client.WaitingCall;
import org.lb4j.failover.Attempt;
import org.lb4j.failover.Attempts;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/** One balanced call: notes headers and body, and opens a real request for each attempt. */
final class BalancedRequest extends AbstractClientHttpRequest implements StreamingHttpOutputMessage {
    private final ClientHttpRequestFactory factory;
    private final Service service;
    private final URI uri;
    private final HttpMethod method;
    private @Nullable Body body;
    private @Nullable ByteArrayOutputStream buffer;

    BalancedRequest(ClientHttpRequestFactory factory, Service service, URI uri, HttpMethod method) {
        this.factory = factory;
        this.service = service;
        this.uri = uri;
        this.method = method;
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public void setBody(Body body) {
        assertNotExecuted();
        this.body = body;
    }

    @Override
    protected OutputStream getBodyInternal(HttpHeaders headers) {
        ByteArrayOutputStream written = buffer == null ? new ByteArrayOutputStream() : buffer;
        buffer = written;
        body = new Buffered(written);
        return written;
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
        Attempts attempts = service.attempts(Heads.of(method, uri, headers));
        return service.call(attempts, new WaitingCall<ClientHttpResponse, IOException>() {
            @Override
            public ClientHttpResponse send(Attempt attempt) throws IOException {
                return real(attempt, headers).execute();
            }

            @Override
            public ResponseHead head(ClientHttpResponse response) throws IOException {
                return BalancedRequest.head(response);
            }

            @Override
            public ClientHttpResponse deliver(Attempt attempt, ClientHttpResponse response) throws IOException {
                ClientHttpResponse delivered = delivered(attempt, response);
                attempts.succeeded(attempt);
                return delivered;
            }

            @Override
            public void drop(ClientHttpResponse response) throws IOException {
                Drain.drain(method, response);
            }
        });
    }

    private ClientHttpRequest real(Attempt attempt, HttpHeaders headers) throws IOException {
        ClientHttpRequest real;
        try {
            real = factory.createRequest(service.target(uri, attempt.server()), method);
        } catch (IOException downgrade) {
            attempt.localFault(downgrade);
            throw downgrade;
        }
        Heads.copy(headers, real.getHeaders());
        real.getAttributes().putAll(getAttributes());
        Body given = body;
        if (given == null) return real;
        if (real instanceof StreamingHttpOutputMessage streaming) {
            streaming.setBody(new WatchedBody(given, attempt, true));
        } else {
            new WatchedBody(given, attempt, false).writeTo(real.getBody()); // into a buffer: nothing has left
        }
        return real;
    }

    private ClientHttpResponse delivered(Attempt attempt, ClientHttpResponse response) throws IOException {
        ResponseHead head = head(response);
        Delivery delivery = service.deliver(attempt, head);
        HttpHeaders headers = response.getHeaders();
        if (Heads.isAll(method, head.status(), headers)) delivery.ended();
        return new BalancedResponse(
                response, Heads.marked(headers, service, attempt), delivery, headers.getContentLength());
    }

    private static ResponseHead head(ClientHttpResponse response) throws IOException {
        return Heads.of(response.getStatusCode().value(), response.getHeaders());
    }

    /** What was written to {@link #getBody}. */
    private record Buffered(ByteArrayOutputStream written) implements Body {
        @Override
        public void writeTo(OutputStream out) throws IOException {
            written.writeTo(out);
        }

        @Override
        public boolean repeatable() {
            return true;
        }
    }
}
