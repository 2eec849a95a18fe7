package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.7:8080,               ,      10.0.0.7,           8080",
        "http://10.0.0.7:8080,        http,  10.0.0.7,           8080",
        "http://10.0.0.7:8080/,       http,  10.0.0.7,           8080",
        "http://a.example,            http,  a.example,          80",
        "https://a.example,           https, a.example,          443",
        "HTTPS://A.Example:1,         https, a.example,          1",
        "h2c+tls.1-x://a:65535,       h2c+tls.1-x, a,            65535",
        "my_host-1.internal.:80,      ,      my_host-1.internal., 80",
        "[2001:db8::7]:443,           ,      2001:db8::7,        443",
        "https://[2001:DB8::7],       https, 2001:db8::7,        443",
        "[::]:1,                      ,      '::',               1",
        "[1:2:3:4:5:6:7:8]:1,         ,      1:2:3:4:5:6:7:8,    1",
        "[::ffff:10.0.0.7]:1,         ,      ::ffff:10.0.0.7,    1",
        "[1:2:3:4:5:6:1.2.3.255]:1,   ,      1:2:3:4:5:6:1.2.3.255, 1",
        "[1:2:3:4:5:6:7::]:1,         ,      1:2:3:4:5:6:7::,    1",
        "255.255.255.255:1,           ,      255.255.255.255,    1",
        "[fe80::1%eth0]:1,            ,      fe80::1%eth0,       1",
        "[fe80::1%br-0_a.1]:1,        ,      fe80::1%br-0_a.1,   1",
        "1234:80,                     ,      1234,               80",
    })
    void anAddressIsRead(String text, String scheme, String host, int port) {
        assertThat(Address.parse(text)).isEqualTo(new Address(scheme, host, port));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a:0                  | port must be in [1, 65535], was 0 in "a:0"
        a:70000              | port must be in [1, 65535], was 70000 in "a:70000"
        a:                   | port must be a number in [1, 65535], was "a:"
        a:-1                 | port must be a number in [1, 65535], was "a:-1"
        a:8o                 | port must be a number in [1, 65535], was "a:8o"
        a:1234567890         | port must be a number in [1, 65535], was "a:1234567890"
        a:٣                  | port must be a number in [1, 65535], was "a:٣"
        a                    | port must be given (only http and https have one of their own), was "a"
        redis://a            | port must be given (only http and https have one of their own), was "redis://a"
        ''                   | host must not be empty, was ""
        :80                  | host must not be empty, was ":80"
        http://:80           | host must not be empty, was "http://:80"
        ://a:80              | scheme must not be empty, was "://a:80"
        1http://a:80         | scheme must be letters and digits, was "1http://a:80"
        ht tp://a:80         | scheme must be letters and digits, was "ht tp://a:80"
        a b:80               | host must be letters, digits, '.', '-' and '_', was "a b:80"
        http://a/path:80     | host must be letters, digits, '.', '-' and '_', was "http://a/path:80"
        http://user@a:80     | host must be letters, digits, '.', '-' and '_', was "http://user@a:80"
        grüße.example:80     | host must be letters, digits, '.', '-' and '_', was "grüße.example:80"
        .a:80                | host must not have an empty label, was ".a:80"
        a..b:80              | host must not have an empty label, was "a..b:80"
        256.0.0.1:80         | IPv4 parts must be in [0, 255], was "256.0.0.1:80"
        10.0.0.0001:80       | IPv4 parts must be in [0, 255], was "10.0.0.0001:80"
        10.0.1:80            | IPv4 literal must have four parts, was "10.0.1:80"
        10.0.0.0.1:80        | IPv4 literal must have four parts, was "10.0.0.0.1:80"
        2001:db8::7:80       | IPv6 literal must stand in brackets, [2001:db8::7]:443, was "2001:db8::7:80"
        [2001:db8::7:80      | IPv6 literal must end with ], was "[2001:db8::7:80"
        [::1]80              | after ] must come :port, was "[::1]80"
        [a.example]:80       | only an IPv6 literal may stand in brackets, was "[a.example]:80"
        [1::2::3]:80         | IPv6 literal must have one :: at most, was "[1::2::3]:80"
        [:::]:80             | IPv6 literal must have one :: at most, was "[:::]:80"
        [1:2:3]:80           | IPv6 literal must have eight groups, was "[1:2:3]:80"
        [1:2:3:4:5:6:7:8:9]:80 | IPv6 literal must have eight groups, was "[1:2:3:4:5:6:7:8:9]:80"
        [1:2:3:4::5:6:7:8]:80 | IPv6 literal must have eight groups, was "[1:2:3:4::5:6:7:8]:80"
        [1:2:3:4:5:6:7:1.2.3.4]:80 | IPv6 literal must have eight groups, was "[1:2:3:4:5:6:7:1.2.3.4]:80"
        [1:2:3:4:5:1.2.3.4]:80 | IPv6 literal must have eight groups, was "[1:2:3:4:5:1.2.3.4]:80"
        [::1.2.3.4:5]:80     | IPv6 literal must have groups of one to four hex digits, was "[::1.2.3.4:5]:80"
        [%eth0]:80           | only an IPv6 literal may stand in brackets, was "[%eth0]:80"
        [::12345]:80         | IPv6 literal must have groups of one to four hex digits, was "[::12345]:80"
        [::g]:80             | IPv6 literal must have groups of one to four hex digits, was "[::g]:80"
        [::１]:80             | IPv6 literal must have groups of one to four hex digits, was "[::１]:80"
        [::1.2.3]:80         | IPv4 literal must have four parts, was "[::1.2.3]:80"
        [::1.2.3.x]:80       | IPv6 literal must be hex digits and ':', was "[::1.2.3.x]:80"
        [fe80::1%]:80        | IPv6 zone must not be empty, was "[fe80::1%]:80"
        [fe80::1%e h]:80     | IPv6 zone must be letters and digits, was "[fe80::1%e h]:80"
        """)
    void whatIsNoAddressIsRefusedWithRuleAndText(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Server.of(text)).withMessage(message);
    }

    @Test
    void controlCharactersAreShownAsEscapes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of("a\u0000\u0085:80"))
                .withMessage("host must be letters, digits, '.', '-' and '_', was \"a\\u0000\\u0085:80\"");
    }

    @Test
    void whatIsEndlessIsNotShownWhole() {
        assertThat(Server.of("a".repeat(255) + ":80").host()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of("a".repeat(119) + "/"))
                .withMessageEndingWith("was \"" + "a".repeat(119) + "/\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of("a".repeat(256) + ":80"))
                .withMessage("host must have at most 255 characters, was \"" + "a".repeat(120) + "…\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 70_000})
    void aPortOutsideIsRefused(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of("a.example", port))
                .withMessage("port must be in [1, 65535], was " + port);
    }

    @Test
    void nothingIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of(null))
                .withMessage("address must be given, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.of(null, 80))
                .withMessage("host must be given, was null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]"})
    void aHostThatIsIpv6MayHaveBracketsOrNot(String host) {
        Server server = Server.of(host, 80);
        assertThat(server.host()).isEqualTo("::1");
        assertThat(server.id()).isEqualTo("[::1]:80");
    }

    @Test
    void anAddressWithItsPortIsNoHost() {
        assertThatIllegalArgumentException().isThrownBy(() -> Server.of("a.example:80", 80));
    }
}
