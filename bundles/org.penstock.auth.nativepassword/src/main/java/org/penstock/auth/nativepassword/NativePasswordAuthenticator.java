package org.penstock.auth.nativepassword;

import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.ServerAuth;
import org.penstock.api.auth.ServerAuthRequest;
import org.penstock.wire.NativePassword;

/** The plugin mysql_native_password, towards clients and towards servers. Its credential is SHA1 of the password. */
@Component(
        service = Authenticator.class,
        property = {
            "penstock.authenticator.names=MySQLAuth",
            "penstock.authenticator.names=MariaDBAuth",
            "penstock.authenticator.names=MySQLBackendAuth",
            "penstock.authenticator.names=mysql_native_password"
        })
public final class NativePasswordAuthenticator implements Authenticator {
    @Override
    public String plugin() {
        return NativePassword.PLUGIN;
    }

    @Override
    public Set<String> accountPlugins() {
        return Set.of("", NativePassword.PLUGIN);
    }

    @Override
    public ClientAuth client(ClientAuthRequest request) {
        return new NativePasswordClient(request.account(), request.seed());
    }

    @Override
    public ServerAuth server(ServerAuthRequest request) {
        return new NativePasswordServer(request.credential());
    }
}
