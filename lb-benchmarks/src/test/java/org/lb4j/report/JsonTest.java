package org.lb4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void nestsAndSeparates() {
        String text = new Json()
                .object()
                .field("a", "x\"y\\z\n")
                .array("b")
                .object()
                .field("c", 1.5)
                .field("d", Double.NaN)
                .end()
                .end()
                .field("e", new double[] {1, 0.25})
                .end()
                .toString();
        assertThat(text.replaceAll("\\s", ""))
                .isEqualTo("{\"a\":\"x\\\"y\\\\z\\u000a\",\"b\":[{\"c\":1.50000,\"d\":null}],\"e\":[1,0.250000]}");
    }
}
