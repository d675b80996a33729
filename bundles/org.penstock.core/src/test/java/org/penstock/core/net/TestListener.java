package org.penstock.core.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.penstock.core.login.LoginPolicy;
import org.penstock.core.net.tls.TlsContext;

/** A listener for tests, unless told otherwise on a free port of 127.0.0.1, without TLS, for everyone. */
final class TestListener {
    static final int HIGH_WATER = 64 * 1024;

    private static final int MOST_PENDING = 1000;

    private final Reactor reactor;
    private final Frontend front;
    private String address = "127.0.0.1";
    private int port;
    private int mostPending = MOST_PENDING;
    private long loginTimeout = 5000;
    private LoginPolicy policy = LoginPolicy.ANY;
    private @Nullable TlsContext tls;

    private TestListener(Reactor reactor, Frontend front) {
        this.reactor = reactor;
        this.front = front;
    }

    static TestListener of(Reactor reactor, Frontend front) {
        return new TestListener(reactor, front);
    }

    TestListener at(String host, int number) {
        address = host;
        port = number;
        return this;
    }

    TestListener pending(int most) {
        mostPending = most;
        return this;
    }

    TestListener loginTimeout(long millis) {
        loginTimeout = millis;
        return this;
    }

    TestListener policy(LoginPolicy how) {
        policy = how;
        return this;
    }

    TestListener tls(@Nullable TlsContext encryption) {
        tls = encryption;
        return this;
    }

    private Acceptor acceptor() {
        return new Acceptor(
                reactor,
                front,
                new Acceptor.Settings(
                        "listener", "MySQLClient", loginTimeout, mostPending, HIGH_WATER, HIGH_WATER / 2, policy),
                tls);
    }

    Channel open() throws Exception {
        return acceptor().bind(address, port).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    Channel openUnix(String path) throws Exception {
        return acceptor().bindUnix(path).toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    /** Opens it for as long as the reactor lives. */
    int openPort() throws Exception {
        return port(open());
    }

    static int port(Channel listening) {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }
}
