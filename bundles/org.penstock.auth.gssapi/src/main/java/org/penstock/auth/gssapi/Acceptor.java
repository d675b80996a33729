package org.penstock.auth.gssapi;

import java.nio.charset.StandardCharsets;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.penstock.api.annotation.Blocking;

/**
 * Penstock as clients of a listener know it: a Kerberos principal with its keys.
 *
 * @param principal {@code principal_name}
 * @param keytab {@code gssapi_keytab_path}, empty for the default of Kerberos' configuration
 */
record Acceptor(String principal, String keytab) {
    /** MaxScale's default. */
    static final String DEFAULT_PRINCIPAL = "mariadb/localhost.localdomain";

    private static final String MECHANISM_NAME = "Kerberos";

    static Acceptor of(Map<String, String> options) {
        return new Acceptor(
                options.getOrDefault("principal_name", DEFAULT_PRINCIPAL),
                options.getOrDefault("gssapi_keytab_path", ""));
    }

    /** What a switch to the plugin tells the client: to whom it shall prove itself, and how. */
    byte[] switchData() {
        return (principal + '\0' + MECHANISM_NAME + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A context for one client. The keys are read each time, so that new ones are known at once.
     *
     * @throws IllegalStateException when the keys cannot be read; says which
     */
    @Blocking
    GSSContext context() {
        try {
            LoginContext login = new LoginContext("penstock", new Subject(), null, new Keys());
            login.login();
            Subject subject = login.getSubject();
            if (!hasKeys(subject)) {
                throw new LoginException("the file is missing, cannot be read, or holds other principals");
            }
            return Subject.doAs(subject, (PrivilegedExceptionAction<GSSContext>) Acceptor::open);
        } catch (LoginException e) {
            throw new IllegalStateException(
                    "no key of the principal '" + principal + "' in "
                            + (keytab.isEmpty() ? "the default keytab" : keytab)
                            + " (principal_name, gssapi_keytab_path): " + e.getMessage(),
                    e);
        } catch (PrivilegedActionException e) {
            throw new IllegalStateException("GSSAPI cannot accept anybody: " + e.getException(), e);
        }
    }

    private static boolean hasKeys(Subject subject) {
        for (KerberosPrincipal name : subject.getPrincipals(KerberosPrincipal.class)) {
            for (KeyTab keys : subject.getPrivateCredentials(KeyTab.class)) {
                if (keys.getKeys(name).length > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static GSSContext open() throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        return manager.createContext(manager.createCredential(
                null, GSSCredential.INDEFINITE_LIFETIME, Kerberos.mechanism(), GSSCredential.ACCEPT_ONLY));
    }

    /** The JDK's login module, told to take keys from a file and to ask nobody. */
    private final class Keys extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            Map<String, String> options = new HashMap<>();
            for (String flag : Set.of("useKeyTab", "storeKey", "doNotPrompt")) {
                options.put(flag, "true");
            }
            options.put("isInitiator", "false");
            options.put("principal", principal);
            if (!keytab.isEmpty()) {
                options.put("keyTab", keytab);
            }
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(
                        "com.sun.security.auth.module.Krb5LoginModule", LoginModuleControlFlag.REQUIRED, options)
            };
        }
    }
}
