package org.penstock.core.server;

import java.util.Locale;
import java.util.Set;

/** Whether connections to a server begin with a PROXY protocol header, and with which. */
public enum ProxyHeaderVersion {
    NONE,
    V1,
    V2;

    private static final Set<String> ON = Set.of("true", "on", "yes", "1", "v1");
    private static final Set<String> OFF = Set.of("", "false", "off", "no", "0");

    /** @throws IllegalArgumentException for what is none of the words of {@code proxy_protocol} */
    static ProxyHeaderVersion of(String text) {
        String word = text.trim().toLowerCase(Locale.ROOT);
        if (OFF.contains(word)) {
            return NONE;
        }
        if (ON.contains(word)) {
            return V1;
        }
        if (word.equals("v2")) {
            return V2;
        }
        throw new IllegalArgumentException("proxy_protocol: expected true, false, v1 or v2, got '" + text + "'");
    }
}
