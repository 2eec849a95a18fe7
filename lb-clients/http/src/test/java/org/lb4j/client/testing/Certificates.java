package org.lb4j.client.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.lb4j.testing.TestServer;

/** Servers that speak TLS, well and badly, and what a client needs to trust the good ones. */
public final class Certificates {
    private final HeldCertificate good;
    private final HeldCertificate otherName = new HeldCertificate.Builder()
            .addSubjectAlternativeName("other.test")
            .build();
    private final HeldCertificate unknown;

    /**
     * Makes them.
     *
     * @param names of the services, beside two loopback addresses
     */
    public Certificates(String... names) {
        good = held(names);
        unknown = held(names);
    }

    private static HeldCertificate held(String... names) {
        HeldCertificate.Builder held = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .addSubjectAlternativeName("127.0.0.2");
        for (String each : names) held.addSubjectAlternativeName(each);
        return held.build();
    }

    /**
     * What a client needs.
     *
     * @return trusts all but the unknown one
     */
    public HandshakeCertificates trusting() {
        return new HandshakeCertificates.Builder()
                .addTrustedCertificate(good.certificate())
                .addTrustedCertificate(otherName.certificate())
                .build();
    }

    /**
     * A server that shows what it should.
     *
     * @param answer what it does
     * @return the server
     */
    public TestServer good(TestServer.Answer answer) {
        return server(good, answer);
    }

    /**
     * A server whose certificate is for another name.
     *
     * @param answer what it does
     * @return the server
     */
    public TestServer otherName(TestServer.Answer answer) {
        return server(otherName, answer);
    }

    /**
     * A server whose certificate nobody knows.
     *
     * @param answer what it does
     * @return the server
     */
    public TestServer unknown(TestServer.Answer answer) {
        return server(unknown, answer);
    }

    private static TestServer server(HeldCertificate certificate, TestServer.Answer answer) {
        HandshakeCertificates held =
                new HandshakeCertificates.Builder().heldCertificate(certificate).build();
        try {
            return TestServer.on(held.sslContext().getServerSocketFactory().createServerSocket(), "127.0.0.1", answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
