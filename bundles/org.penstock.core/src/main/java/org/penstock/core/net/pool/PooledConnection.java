package org.penstock.core.net.pool;

import io.netty.channel.Channel;
import org.penstock.api.protocol.Greeting;
import org.penstock.core.server.Server;
import org.penstock.core.server.ServerSettings;

/**
 * A server connection that no session uses.
 *
 * @param channel on the loop that keeps it
 * @param key what a session must have to use it
 * @param settings of the server when it was opened
 * @param greeting what the server announced then
 */
public record PooledConnection(Channel channel, PoolKey key, ServerSettings settings, Greeting greeting) {
    public Server server() {
        return key.server();
    }
}
