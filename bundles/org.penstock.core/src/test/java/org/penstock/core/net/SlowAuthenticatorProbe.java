package org.penstock.core.net;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.penstock.api.auth.AuthStep;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.auth.nativepassword.NativePasswordAuthenticator;

/** Checks native passwords, the first one in the background and not before it is released. */
final class SlowAuthenticatorProbe implements Authenticator {
    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean first = new AtomicBoolean(true);
    private final Authenticator checks = new NativePasswordAuthenticator();

    @Override
    public String plugin() {
        return checks.plugin();
    }

    @Override
    public Set<String> accountPlugins() {
        return checks.accountPlugins();
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        ClientAuth machine = checks.client(request);
        boolean slow = first.getAndSet(false);
        return response -> slow
                ? new AuthStep.InBackground(() -> {
                    working.countDown();
                    release.await();
                    return machine.onResponse(response);
                })
                : machine.onResponse(response);
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return checks.server(request);
    }
}
