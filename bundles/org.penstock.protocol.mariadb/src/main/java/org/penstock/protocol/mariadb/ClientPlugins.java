package org.penstock.protocol.mariadb;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.ProtocolException;
import org.penstock.wire.Capabilities;
import org.penstock.wire.packet.AuthMoreData;
import org.penstock.wire.packet.AuthSwitchRequest;

/** Payloads that carry an authentication plugin's data to a client. */
final class ClientPlugins {
    private static final int SEED_LENGTH = 20;
    private static final String NATIVE = "mysql_native_password";

    /** Plugins whose clients expect a NUL behind the seed of a switch. */
    private static final Set<String> SEED_WITH_NUL =
            Set.of(NATIVE, "caching_sha2_password", "sha256_password", "mysql_old_password");

    /** Plugins of MariaDB, whose clients read data as it is; 0x01 stands before what would be taken for another packet. */
    private static final Set<String> PLAIN_DATA = Set.of("dialog", "mysql_clear_password", "auth_gssapi_client");

    private ClientPlugins() {}

    /** The plugin that a client has begun with: one that knows of none has answered the greeting's seed as mysql_native_password does. */
    static @Nullable String begun(@Nullable String plugin, long capabilities) {
        return plugin == null && !Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH) ? NATIVE : plugin;
    }

    /**
     * A switch to another plugin.
     *
     * @throws ProtocolException for a client that does not know of plugins
     */
    static byte[] switchTo(String plugin, byte[] data, long capabilities) {
        if (!Capabilities.has(capabilities, Capabilities.PLUGIN_AUTH)) {
            throw new ProtocolException(LoginErrors.notSupported("The account needs the authentication plugin '"
                    + plugin + "'; the client does not support plugins (CLIENT_PLUGIN_AUTH), use a newer one"));
        }
        return data.length == SEED_LENGTH && SEED_WITH_NUL.contains(plugin)
                ? AuthSwitchRequest.ofSeed(plugin, data).encode()
                : new AuthSwitchRequest(plugin, data).encode();
    }

    static byte[] moreData(String plugin, byte[] data) {
        return PLAIN_DATA.contains(plugin) && !ambiguous(data) ? data : new AuthMoreData(data).encode();
    }

    private static boolean ambiguous(byte[] data) {
        int first = data.length == 0 ? 0 : data[0] & 0xFF;
        return first <= AuthMoreData.HEADER || first >= AuthSwitchRequest.HEADER;
    }
}
