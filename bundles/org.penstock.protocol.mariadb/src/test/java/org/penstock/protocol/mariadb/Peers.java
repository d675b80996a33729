package org.penstock.protocol.mariadb;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.protocol.ClientLoginRequest;
import org.penstock.api.protocol.Greeting;
import org.penstock.api.protocol.ServerLoginRequest;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.ConnectionAttributes;
import org.penstock.wire.packet.HandshakeResponse41;
import org.penstock.wire.packet.HandshakeV10;

/** Values of both sides that the tests share. */
final class Peers {
    static final byte[] SEED = "01234567890123456789".getBytes(StandardCharsets.US_ASCII);
    static final String NATIVE = "mysql_native_password";

    /** MariaDB 11.4: everything that is supported, extended flags included. */
    static final long MARIADB = Capabilities.SUPPORTED & ~Capabilities.MYSQL;

    static final long MYSQL = (Capabilities.SUPPORTED & Capabilities.CLASSIC_MASK) | Capabilities.MYSQL;

    static final long CLIENT = Capabilities.PROTOCOL_41
            | Capabilities.SECURE_CONNECTION
            | Capabilities.PLUGIN_AUTH
            | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
            | Capabilities.CONNECT_ATTRS
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.DEPRECATE_EOF
            | Capabilities.MULTI_STATEMENTS
            | Capabilities.STMT_BULK_OPERATIONS
            | Capabilities.CACHE_METADATA;

    static final byte[] ATTRIBUTES = ConnectionAttributes.encode(Map.of("program_name", "test"));

    private Peers() {}

    static Greeting greeting(long capabilities) {
        return new Greeting("11.4.5-MariaDB", 7, capabilities, 45, 2, NATIVE, SEED.clone());
    }

    static NewClientLogin client(long capabilities, boolean tls) {
        return new NewClientLogin(new ClientLoginRequest(greeting(capabilities), capabilities, tls));
    }

    static byte[] response(long capabilities) {
        return new HandshakeResponse41(capabilities, 1 << 24, 45, "app", new byte[20], "shop", NATIVE, ATTRIBUTES)
                .encode();
    }

    static byte[] serverGreeting(long capabilities, String plugin) {
        return new HandshakeV10("11.4.5-MariaDB", 42, SEED.clone(), capabilities, 45, 2, plugin).encode();
    }

    /** Proves by sending back the seed, with a letter of the plugin in front; only for plugins that are named here. */
    static Function<String, @Nullable ServerAuth> authenticators(String... plugins) {
        return name -> {
            for (String plugin : plugins) {
                if (plugin.equals(name)) {
                    return new EchoAuth(name);
                }
            }
            return null;
        };
    }

    static ServerLoginRequest serverRequest(
            boolean tls, String database, Function<String, @Nullable ServerAuth> authenticators) {
        return new ServerLoginRequest("app", database, 45, CLIENT, 1 << 24, ATTRIBUTES, tls, authenticators);
    }

    /** The plugin {@code slow} blocks. */
    private record EchoAuth(String plugin) implements ServerAuth {
        @Override
        public boolean isBlocking() {
            return plugin.equals("slow");
        }

        @Override
        public byte[] onSeed(byte[] seed) {
            return (plugin.charAt(0) + new String(seed, StandardCharsets.ISO_8859_1))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public byte[] onMoreData(byte[] data) {
            return data.length == 1 ? new byte[0] : data;
        }
    }
}
