package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerTest {
    private static final Server FULL = Server.builder("https://c.example")
            .id("c")
            .weight(3)
            .zone("eu-1")
            .priority(1)
            .tag("route", "node3")
            .build();

    @Test
    void whatIsNotGivenHasItsDefault() {
        Server server = Server.of("10.0.0.7:8080");
        assertThat(server.id()).isEqualTo("10.0.0.7:8080");
        assertThat(server.weight()).isOne();
        assertThat(server.zone()).isEmpty();
        assertThat(server.priority()).isZero();
        assertThat(server.tags()).isEmpty();
        assertThat(server.scheme()).isNull();
    }

    @Test
    void whatIsGivenIsKept() {
        assertThat(FULL.id()).isEqualTo("c");
        assertThat(FULL.hostPort()).isEqualTo("c.example:443");
        assertThat(FULL.weight()).isEqualTo(3);
        assertThat(FULL.zone()).isEqualTo("eu-1");
        assertThat(FULL.priority()).isOne();
        assertThat(FULL.tags()).isEqualTo(Map.of("route", "node3"));
    }

    @Test
    void aWeightOutsideIsRefusedWithRuleAndValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.builder("a:1").weight(-3))
                .withMessage("weight must be in [0, 1000000], was -3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FULL.withWeight(1_000_001))
                .withMessage("weight must be in [0, 1000000], was 1000001");
        assertThat(FULL.withWeight(0).weight()).isZero();
        assertThat(FULL.withWeight(1_000_000).weight()).isEqualTo(1_000_000);
    }

    @Test
    void aNegativePriorityIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.builder("a:1").priority(-1))
                .withMessage("priority must be at least 0, was -1");
    }

    @Test
    void anIdMustSaySomething() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.builder("a:1").id(""))
                .withMessage("server id must not be empty");
    }

    @Test
    void noNameHasControlCharactersAndTheMessageHasNoneEither() {
        Server.Builder server = Server.builder("a:1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.id("a\r\nSet-Cookie: x"))
                .withMessage("server id must have no control characters, was \"a\\u000d\\u000aSet-Cookie: x\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.zone("a\tb"))
                .withMessage("zone must have no control characters, was \"a\\u0009b\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.tag("a\u007f", ""))
                .withMessage("tag name must have no control characters, was \"a\\u007f\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.tag("a", "\u009b31m"))
                .withMessage("tag value must have no control characters, was \"\\u009b31m\"");
    }

    @Test
    void uriIsTheAddressAndHttpIfItNamedNoScheme() {
        assertThat(Server.of("http://10.0.0.7:8080").uri()).isEqualTo(URI.create("http://10.0.0.7:8080"));
        assertThat(Server.of("10.0.0.7:8080").uri()).isEqualTo(URI.create("http://10.0.0.7:8080"));
        assertThat(FULL.uri()).isEqualTo(URI.create("https://c.example:443"));
        assertThat(Server.of("[2001:db8::7]:443").uri()).isEqualTo(URI.create("http://[2001:db8::7]:443"));
        assertThat(Server.of("[fe80::1%eth0]:80").uri().getHost()).isEqualTo("[fe80::1%eth0]");
    }

    @Test
    void resolvePutsPathAndQueryBehindTheAddress() {
        Server server = Server.of("10.0.0.7:8080");
        assertThat(server.resolve("/users/42?full=true")).hasToString("http://10.0.0.7:8080/users/42?full=true");
        assertThat(server.resolve("?q=1")).hasToString("http://10.0.0.7:8080/?q=1");
        assertThat(server.resolve("")).hasToString("http://10.0.0.7:8080/");
        assertThat(server.resolve("/a%20b")).hasToString("http://10.0.0.7:8080/a%20b");
    }

    @Test
    void resolveNeverLeavesTheServer() {
        Server server = Server.of("10.0.0.7:8080");
        assertThat(server.resolve("//evil.example/").getHost()).isEqualTo("10.0.0.7");
        assertThat(server.resolve("/@evil.example/").getHost()).isEqualTo("10.0.0.7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> server.resolve("users"))
                .withMessage("path must begin with / or ?, was \"users\"");
        assertThatIllegalArgumentException().isThrownBy(() -> server.resolve("http://evil.example/"));
        assertThatIllegalArgumentException().isThrownBy(() -> server.resolve("/a b"));
    }

    @Test
    void serversAreEqualWhenAllFieldsAre() {
        Server same = Server.builder("https://c.example:443")
                .id("c")
                .weight(3)
                .zone("eu-1")
                .priority(1)
                .tag("route", "node3")
                .build();
        assertThat(same).isEqualTo(FULL).hasSameHashCodeAs(FULL);
        assertThat(FULL.withWeight(3)).isSameAs(FULL);
        assertThat(FULL.withWeight(4)).isNotEqualTo(FULL);
        assertThat(builder().id("d").build()).isNotEqualTo(builder().build());
        assertThat(builder().zone("b").build()).isNotEqualTo(builder().build());
        assertThat(builder().priority(2).build()).isNotEqualTo(builder().build());
        assertThat(builder().tag("a", "b").build()).isNotEqualTo(builder().build());
        assertThat(Server.of("http://a:80")).isNotEqualTo(Server.of("a:80")).isNotEqualTo(Server.of("https://a:80"));
        assertThat(Server.of("a:80")).isEqualTo(Server.of("a", 80));
    }

    private static Server.Builder builder() {
        return Server.builder("a:1");
    }

    @Test
    void textNamesTheAddressAndWhatDiffersFromTheDefaults() {
        assertThat(FULL)
                .hasToString("https://c.example:443 (id c, weight 3, zone eu-1, priority 1, tags {route=node3})");
        assertThat(Server.of("10.0.0.7:8080")).hasToString("10.0.0.7:8080");
    }

    @Test
    void tagsAreSealedWhenTheServerIsBuilt() {
        Server.Builder builder = builder().tag("b", "1").tag("a", "1");
        Server server = builder.build();
        builder.tag("a", "2");
        assertThat(server.tags()).containsExactly(Map.entry("a", "1"), Map.entry("b", "1"));
        assertThatThrownBy(() -> server.tags().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
