package org.penstock.core.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.auth.PasswordKey;
import org.penstock.core.global.Section;
import org.penstock.wire.password.RsaPassword;

class ServerComponentTest {
    @TempDir
    private Path directory;

    private final Servers servers = new Servers();

    private static Map<String, Object> section(Object... keysAndValues) {
        Map<String, Object> section = new HashMap<>(Map.of("name", "db1", "address", "127.0.0.1"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            section.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return section;
    }

    private static ServerSettings settings(Map<String, Object> section) {
        return ServerComponent.settings(Section.of(ServerConfig.class, section), section);
    }

    @Test
    void shouldPutServerIntoRegistryAndTakeItOut() {
        Map<String, Object> section = section("port", 3307);
        ServerComponent component = new ServerComponent(servers, Section.of(ServerConfig.class, section), section);
        assertThat(servers.get("db1").port()).isEqualTo(3307);
        Map<String, Object> changed = section("port", 3308);
        component.modified(Section.of(ServerConfig.class, changed), changed);
        assertThat(servers.get("db1").port()).isEqualTo(3308);
        component.deactivate();
        assertThat(servers.find("db1")).isNull();
    }

    @Test
    void shouldKeepCustomParametersButNoPasswordsAndNoFrameworkKeys() {
        ServerSettings settings = settings(section(
                "priority", "5", "monitoruser", "m", "monitorpw", "secret", "component.id", 3L, "service.pid", "x"));
        assertThat(settings.parameters())
                .containsEntry("priority", "5")
                .doesNotContainKeys("monitorpw", "component.id", "service.pid");
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void shouldReadDurationsAndTls() {
        ServerSettings settings = settings(section("persistmaxtime", "90", "ssl", "required", "ssl_ca", "ca.pem"));
        assertThat(settings.poolMaxTime()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.tls().enabled()).isTrue();
        assertThat(settings.tls().authority()).isEqualTo("ca.pem");
    }

    @ParameterizedTest
    @CsvSource({
        "ssl, maybe, ssl",
        "persistmaxtime, soon, persistmaxtime",
        "monitoruser, m, monitorpw",
        "socket, /tmp/s, either address or socket"
    })
    void shouldNameKeyWhenValueIsBad(String key, String value, String named) {
        assertThatThrownBy(() -> settings(section(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }

    @Test
    void shouldNameRangeWhenPortIsBad() {
        assertThatThrownBy(() -> settings(section("port", 70000)))
                .hasMessageContaining("db1")
                .hasMessageContaining("65535")
                .hasMessageContaining("70000");
    }

    @Test
    void shouldRefuseConnectionsBeyondLimit() {
        Map<String, Object> section = section("max_routing_connections", 1);
        Server server = servers.add(settings(section));
        assertThat(server.tryOpenConnection()).isTrue();
        assertThat(server.tryOpenConnection()).isFalse();
        server.connectionClosed();
        assertThat(server.tryOpenConnection()).isTrue();
        assertThat(server.totalConnections()).isEqualTo(2);
    }

    @Test
    void shouldTrustNoKeyOfAServerUnlessTold() throws Exception {
        assertThat(settings(section()).key()).isEqualTo(PasswordKey.NONE);
        assertThat(settings(section("get_server_public_key", true)).key()).isEqualTo(new PasswordKey(true, ""));
        String pem = new String(RsaPassword.pem(RsaPassword.generate().getPublic()), StandardCharsets.US_ASCII);
        Path file = Files.writeString(directory.resolve("public_key.pem"), pem);
        assertThat(settings(section("server_public_key_path", file.toString(), "get_server_public_key", true))
                        .key())
                .as("a known key wins")
                .isEqualTo(new PasswordKey(false, pem));
    }

    @Test
    void shouldNameTheFileOfAKeyThatCannotBeUsed() throws Exception {
        Path none = directory.resolve("none.pem");
        Path bad = Files.writeString(directory.resolve("bad.pem"), "no key");
        Path tooLong = Files.write(directory.resolve("long.pem"), new byte[100_000]);
        for (Path file : new Path[] {none, bad, tooLong}) {
            assertThatThrownBy(() -> settings(section("server_public_key_path", file.toString())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'db1': server_public_key_path")
                    .hasMessageContaining(file.toString());
        }
    }
}
