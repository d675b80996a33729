package org.penstock.config.check;

import java.util.Map;
import org.penstock.api.module.SectionCheck;

/** What a bundle might find wrong with a listener's socket. */
public final class SocketProbe implements SectionCheck {
    @Override
    public void check(String kind, Map<String, String> parameters, Findings findings) {
        String socket = parameters.getOrDefault("socket", "");
        if (kind.equals("listener") && socket.startsWith("/absent/")) {
            findings.problem("socket", "there is no directory /absent");
            findings.problem("socket", "is not said again");
            findings.warning("", "is a listener with a socket");
        }
    }
}
