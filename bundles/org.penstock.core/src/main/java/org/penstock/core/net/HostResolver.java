package org.penstock.core.net;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Addresses of servers by name, looked up off the event loops, since a look-up blocks; a numeric address needs none. */
final class HostResolver extends AddressResolverGroup<InetSocketAddress> {
    private final Executor executor;
    private final LookUp lookUp;

    /** The addresses of a name; may block. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] all(String name) throws UnknownHostException;
    }

    HostResolver(Executor executor, LookUp lookUp) {
        this.executor = executor;
        this.lookUp = lookUp;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new InetSocketAddressResolver(loop, new Names(loop));
    }

    /** Names for one loop, on which the promises are kept. */
    private final class Names extends InetNameResolver {
        Names(EventExecutor loop) {
            super(loop);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> promise) throws Exception {
            byte[] numeric = NetUtil.createByteArrayFromIpAddressString(name);
            if (numeric != null) {
                promise.setSuccess(InetAddress.getByAddress(numeric));
                return;
            }
            background(promise, () -> promise.trySuccess(lookUp.all(name)[0]));
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
            background(promise, () -> promise.trySuccess(List.of(lookUp.all(name))));
        }

        private void background(Promise<?> promise, Task task) {
            try {
                executor.execute(() -> {
                    try {
                        task.run();
                    } catch (UnknownHostException | RuntimeException e) {
                        promise.tryFailure(e);
                    }
                });
            } catch (RejectedExecutionException e) {
                promise.tryFailure(e);
            }
        }
    }

    /** A look-up with its outcome. */
    private interface Task {
        void run() throws UnknownHostException;
    }
}
