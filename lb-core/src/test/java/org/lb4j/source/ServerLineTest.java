package org.lb4j.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lb4j.Server;

final class ServerLineTest {
    @TempDir
    private Path folder;

    @Test
    void aLineSaysWhatDiffersFromTheDefaults() {
        assertThat(ServerLine.parse("http://10.0.0.1:8080")).isEqualTo(Server.of("http://10.0.0.1:8080"));
        assertThat(ServerLine.parse("10.0.0.2:80  weight=3 zone=eu-1\tpriority=1 id=b tag.route=node2"))
                .isEqualTo(Server.builder("10.0.0.2:80")
                        .weight(3)
                        .zone("eu-1")
                        .priority(1)
                        .id("b")
                        .tag("route", "node2")
                        .build());
    }

    @Test
    void aFileIsReadWithoutItsCommentsAndEmptyLines() throws IOException {
        Path file = Files.writeString(folder.resolve("servers.txt"), "# users\n\n10.0.0.1:80 # old\r\n10.0.0.2:80\n");
        assertThat(new FileLookup(file).call()).containsExactly(Server.of("10.0.0.1:80"), Server.of("10.0.0.2:80"));
    }

    @Test
    void aBadLineIsToldWithItsNumberAndTheRule() throws IOException {
        for (String[] bad : List.of(
                new String[] {"10.0.0.1:80\n10.0.0.2:80 weight=-3", "line 2: weight must be in [0, 1000000], was -3"},
                new String[] {"10.0.0.1:80 weight=x", "line 1: weight must be a whole number, was \"x\""},
                new String[] {"10.0.0.1:80 heavy", "line 1: setting must be name=value, was \"heavy\""},
                new String[] {
                    "10.0.0.1:80 wieght=3",
                    "line 1: setting must be id, weight, zone, priority or tag.<name>, was \"wieght\""
                })) {
            Path file = Files.writeString(folder.resolve("servers.txt"), bad[0]);
            assertThatThrownBy(() -> new FileLookup(file).call())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("servers.txt " + bad[1]);
        }
    }

    @Test
    void aFileThatIsNotThereIsAFailureAndNoEmptyList() {
        assertThatThrownBy(() -> new FileLookup(folder.resolve("none")).call()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void srvPrioritiesAreTiersAndWeightsAreWeights() {
        assertThat(SrvLookup.servers(List.of("10 60 8080 a.example.", "20 0 8080 c.example.", "10 20 9090 b.example.")))
                .containsExactly(
                        Server.builder("a.example:8080")
                                .priority(10)
                                .weight(600)
                                .build(),
                        Server.builder("b.example:9090")
                                .priority(10)
                                .weight(200)
                                .build(),
                        Server.builder("c.example:8080").priority(20).weight(1).build());
        assertThat(SrvLookup.servers(List.of("0 0 80 a.example.", "0 0 80 b.example.")))
                .extracting(Server::weight)
                .containsExactly(1, 1);
        assertThat(SrvLookup.servers(List.of("0 5 80 a.example.")))
                .extracting(Server::weight)
                .containsExactly(5);
        assertThat(SrvLookup.servers(List.of("0 0 0 ."))).isEmpty();
        assertThatThrownBy(() -> SrvLookup.servers(List.of("0 5 a.example.")))
                .hasMessage("SRV record must be priority, weight, port and target, was \"0 5 a.example.\"");
    }

    @Test
    void aNameThatJndiWouldTakeForAUrlIsRefused() {
        assertThatThrownBy(() -> Sources.srv("ldap://evil.test/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SRV name must be a DNS name, was \"ldap://evil.test/x\"");
        assertThatThrownBy(() -> Sources.srv("_http._tcp.users.test", "127.0.0.1/x"))
                .hasMessage("name server must be a DNS name, was \"127.0.0.1/x\"");
    }

    @Test
    void dnsKeepsSchemeAndPortForEachAddress() throws IOException {
        assertThat(new DnsLookup(Server.of("https://127.0.0.1:8443")).call())
                .containsExactly(Server.of("https://127.0.0.1:8443"));
        assertThat(new DnsLookup(Server.of("[::1]:80")).call()).containsExactly(Server.of("[0:0:0:0:0:0:0:1]:80"));
    }
}
