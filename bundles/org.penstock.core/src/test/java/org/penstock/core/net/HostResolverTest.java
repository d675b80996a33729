package org.penstock.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostResolverTest {
    private final List<Runnable> lookUps = new ArrayList<>();
    private final HostResolver resolver = new HostResolver(lookUps::add, name -> {
        if (name.equals("unknown")) {
            throw new UnknownHostException(name);
        }
        return new InetAddress[] {InetAddress.getByAddress(name, new byte[] {10, 0, 0, 9})};
    });

    private io.netty.util.concurrent.Future<InetSocketAddress> resolve(String name) {
        return resolver.getResolver(ImmediateEventExecutor.INSTANCE)
                .resolve(InetSocketAddress.createUnresolved(name, 3306));
    }

    @Test
    void shouldTakeNumericAddressAtOnce() {
        assertThat(resolve("127.0.0.1").getNow().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(resolve("::1").getNow().getAddress().isLoopbackAddress()).isTrue();
        assertThat(lookUps).isEmpty();
    }

    @Test
    void shouldLookUpNameOnTheExecutorOnly() {
        var named = resolve("db1");
        assertThat(named.isDone()).isFalse();
        lookUps.remove(0).run();
        assertThat(named.getNow().getAddress().getAddress()).containsExactly(10, 0, 0, 9);
    }

    @Test
    void shouldFailWhenNameIsUnknown() {
        var named = resolve("unknown");
        lookUps.remove(0).run();
        assertThat(named.cause()).isInstanceOf(UnknownHostException.class);
    }
}
