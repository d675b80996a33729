package org.penstock.auth.cachingsha2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.auth.ClientAuthRequest;
import org.penstock.wire.password.RsaPassword;

/** The keys with which clients encrypt passwords where there is no TLS: those of a file, else a pair that is made once for a service and kept in memory. */
final class RsaKeys {
    /** Option with the file of the private key. */
    static final String FILE = "caching_sha2_rsa_privkey_path";

    private static final String KEPT = "caching_sha2_password rsa keys";

    private final String file;
    private final AtomicReference<?> kept;

    RsaKeys(ClientAuthRequest request) {
        file = request.options().getOrDefault(FILE, "");
        kept = request.store().get(KEPT, AtomicReference.class, AtomicReference::new);
    }

    /** The pair; a file is read each time, so that new keys count at once. */
    @Blocking
    KeyPair pair() throws IOException, GeneralSecurityException {
        if (!file.isEmpty()) {
            return RsaPassword.keys(Files.readString(Path.of(file)));
        }
        if (kept.get() instanceof KeyPair made) {
            return made;
        }
        return make();
    }

    @SuppressWarnings("unchecked")
    private KeyPair make() throws GeneralSecurityException {
        synchronized (kept) {
            if (kept.get() instanceof KeyPair made) {
                return made;
            }
            KeyPair made = RsaPassword.generate();
            ((AtomicReference<Object>) kept).set(made);
            return made;
        }
    }
}
