package org.penstock.auth.nativepassword;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.auth.Authenticator;
import org.penstock.api.auth.ClientAuth;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.api.auth.Credential;
import org.penstock.api.auth.ServerAuth;
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
    public ServerAuth server(Credential credential) {
        return new NativePasswordServer(credential);
    }

    @Override
    public Credential credential(String password) {
        byte[] clear = password.getBytes(StandardCharsets.UTF_8);
        try {
            return new Sha1Credential(stage1(clear));
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** SHA1 of a password, no bytes for the empty one. */
    static byte[] stage1(byte[] password) {
        if (password.length == 0) {
            return new byte[0];
        }
        try {
            return MessageDigest.getInstance("SHA-1").digest(password);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is missing in this Java runtime", e);
        }
    }
}
