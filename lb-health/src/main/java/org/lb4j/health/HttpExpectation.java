package org.lb4j.health;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP probe expects to get.
 *
 * @param texts must occur in this order within the window
 * @param headers name, value, name, value ...
 * @param window so many bytes of the body are looked at
 */
record HttpExpectation(List<byte[]> texts, List<String> headers, int window, boolean healthText, boolean drainOn404) {
    static final int MAX_BODY = 64 * 1024;
    static final HttpExpectation NONE = new HttpExpectation(List.of(), List.of(), 1024, false, false);
    private static final String WORD_HEADER = "X-Lb-Health";

    HttpExpectation {
        if (window < 1 || window > MAX_BODY)
            throw new IllegalArgumentException("window must be in [1, " + MAX_BODY + "], was " + window);
        texts = List.copyOf(texts);
        headers = List.copyOf(headers);
        for (byte[] text : texts)
            if (text.length == 0) throw new IllegalArgumentException("an expected text must not be empty");
    }

    /** Each value is good alone; this is about all of them, once all are set. */
    HttpExpectation checked() {
        for (byte[] text : texts)
            if (text.length > window)
                throw new IllegalArgumentException(
                        "an expected text must fit into the window of " + window + " bytes, had " + text.length);
        return this;
    }

    boolean wantsBody() {
        return healthText || !texts.isEmpty();
    }

    HttpExpectation withTexts(String... more) {
        List<byte[]> all = new ArrayList<>(texts);
        for (String text : given("expected texts", more))
            all.add(given("expected text", text).getBytes(StandardCharsets.UTF_8));
        return new HttpExpectation(all, headers, window, healthText, drainOn404);
    }

    HttpExpectation withHeader(String name, String value) {
        List<String> all = new ArrayList<>(headers);
        all.add(given("header name", name));
        all.add(given("header value", value));
        return new HttpExpectation(texts, all, window, healthText, drainOn404);
    }

    HttpExpectation withWindow(int bytes) {
        return new HttpExpectation(texts, headers, bytes, healthText, drainOn404);
    }

    HttpExpectation withHealthText() {
        return new HttpExpectation(texts, headers, window, true, drainOn404);
    }

    HttpExpectation withDrainOn404() {
        return new HttpExpectation(texts, headers, window, healthText, true);
    }

    /** What status and headers say: status first, words after. */
    ProbeResult atHeaders(int status, HttpHeaders got) {
        ProbeResult byStatus = byStatus(status, got);
        ProbeResult result = byStatus.passed() ? byHeaders(got, byStatus) : byStatus;
        for (String words : got.allValues(WORD_HEADER)) result = HealthWords.worse(result, HealthWords.read(words));
        return result;
    }

    private ProbeResult byStatus(int status, HttpHeaders got) {
        if (success(status)) return ProbeResult.pass();
        String words = "status " + status;
        if (status == 429 || status == 503 && got.firstValue("Retry-After").isPresent()) return ProbeResult.busy(words);
        if (status == 404 && drainOn404) return new ProbeResult(Verdict.DRAIN, Reason.TOLD, 0, "drain by status 404");
        return ProbeResult.fail(Reason.STATUS, words);
    }

    /** Another service at its address can not say that this server is busy, or drains. */
    private ProbeResult byHeaders(HttpHeaders got, ProbeResult byStatus) {
        for (int i = 0; i < headers.size(); i += 2)
            if (!got.allValues(headers.get(i)).contains(headers.get(i + 1)))
                return ProbeResult.fail(Reason.CONTENT, "header " + headers.get(i) + " is not as expected");
        return byStatus;
    }

    private static <T> T given(String what, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException(what + " must be given, was null");
        return value;
    }

    private static boolean success(int status) {
        return status >= 200 && status <= 299;
    }

    /** Reads the body for what status and headers leave open; null: nothing. */
    @Nullable
    BodyReader reader(int status, ProbeResult atHeaders) {
        if (!success(status) || !atHeaders.passed() || texts.isEmpty() && !healthText) return null;
        return new BodyReader(texts, window, healthText, atHeaders);
    }
}
