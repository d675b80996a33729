package org.penstock.config.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.penstock.api.value.Texts;
import org.penstock.config.ini.IniSection;
import org.penstock.config.schema.Kind;
import org.penstock.config.schema.ModuleNames;

/** What no single parameter shows: sections that get in each other's way, and parameters that belong together. */
final class Conflicts {
    private static final Set<String> WILDCARDS = Set.of("", "::", "0.0.0.0");
    private static final String FREE_PORT = "0";
    private static final Set<String> TLS_ON = Set.of("required", "optional", "true", "yes", "on", "1");

    private final SectionSet sections;
    private final Findings findings;

    Conflicts(SectionSet sections, Findings findings) {
        this.sections = sections;
        this.findings = findings;
    }

    void check() {
        sections.of(Kind.SERVER).forEach(this::server);
        sections.of(Kind.SERVICE).forEach(this::service);
        sections.of(Kind.LISTENER).forEach(this::listener);
        endpoints();
        watchedTwice();
        usedTwice();
    }

    private void server(IniSection server) {
        boolean address = given(server, "address");
        boolean socket = given(server, "socket");
        if (!address && !socket && !findings.reported(server, "address")) {
            findings.missing(server, "address", "host name or IP address, or a socket");
        } else if (address && socket) {
            findings.problem(server, "socket", "expected either address or socket, not both");
        }
        together(server, "monitoruser", "monitorpw");
        together(server, "monitorpw", "monitoruser");
        if (TLS_ON.contains(server.textOrEmpty("ssl").toLowerCase(Locale.ROOT))) {
            together(server, "ssl_cert", "ssl_key");
        }
    }

    private void service(IniSection service) {
        List<String> sources = List.of("servers", "cluster", "targets").stream()
                .filter(key -> given(service, key))
                .toList();
        if (sources.size() > 1) {
            findings.problem(service, sources.get(1), "expected only one of " + String.join(", ", sources));
        }
        if (service.values().containsKey("passwd") && service.values().containsKey("password")) {
            findings.warning(service, "passwd", "is not used, password is given too");
        }
        if (!ModuleNames.needsServers(service.textOrEmpty("router"))) {
            return;
        }
        if (sources.isEmpty()) {
            findings.warning(service, "", "has no servers; clients are refused until it gets one");
        }
        mandatory(service, "user", "the account that reads the accounts from the servers");
        if (!service.values().containsKey("passwd")) {
            mandatory(service, "password", "the password of user");
        }
    }

    private void mandatory(IniSection section, String key, String expected) {
        if (!section.values().containsKey(key) && !findings.reported(section, key)) {
            findings.missing(section, key, expected);
        }
    }

    private void listener(IniSection listener) {
        if (!given(listener, "port") && !given(listener, "socket")) {
            findings.missing(listener, "port", "a port, or a socket");
        }
        if (TLS_ON.contains(listener.textOrEmpty("ssl").toLowerCase(Locale.ROOT))) {
            mandatory(listener, "ssl_key", "the file of the private key, since ssl is on");
            mandatory(listener, "ssl_cert", "the file of the certificate, since ssl is on");
        }
    }

    /** Two listeners that want one address and port, or one socket. */
    private void endpoints() {
        List<IniSection> listeners = sections.of(Kind.LISTENER);
        for (int i = 0; i < listeners.size(); i++) {
            for (int j = 0; j < i; j++) {
                clash(listeners.get(j), listeners.get(i));
            }
        }
    }

    private void clash(IniSection first, IniSection second) {
        String port = FREE_PORT.equals(first.textOrEmpty("port")) ? "" : first.textOrEmpty("port");
        String address = first.textOrEmpty("address");
        String other = second.textOrEmpty("address");
        boolean same = address.equals(other) || WILDCARDS.contains(address) || WILDCARDS.contains(other);
        if (!port.isEmpty() && port.equals(second.textOrEmpty("port")) && same && !findings.reported(second, "port")) {
            findings.problem(
                    second,
                    "port",
                    "port " + port + " is taken by listener '" + first.name() + "' at " + first.position("port"));
        }
        String socket = first.textOrEmpty("socket");
        if (!socket.isEmpty() && socket.equals(second.textOrEmpty("socket"))) {
            findings.problem(
                    second,
                    "socket",
                    "socket " + socket + " is taken by listener '" + first.name() + "' at " + first.position("socket"));
        }
    }

    private void watchedTwice() {
        Map<String, IniSection> watched = new HashMap<>();
        for (IniSection monitor : sections.of(Kind.MONITOR)) {
            Map<IniSection, List<String>> again = new LinkedHashMap<>();
            for (String server : new LinkedHashSet<>(Texts.list(monitor.textOrEmpty("servers")))) {
                IniSection first = watched.putIfAbsent(server, monitor);
                if (first != null) {
                    again.computeIfAbsent(first, key -> new ArrayList<>()).add(server);
                }
            }
            again.forEach((first, servers) -> findings.problem(
                    monitor,
                    "servers",
                    String.join(", ", servers) + (servers.size() == 1 ? " is" : " are") + " watched by monitor '"
                            + first.name() + "' at " + first.position("servers") + "; a server has one monitor"));
        }
    }

    /** One name twice in a list, where the second time has no meaning. */
    private void usedTwice() {
        for (Kind kind : List.of(Kind.SERVICE, Kind.MONITOR)) {
            for (IniSection section : sections.of(kind)) {
                Set<String> seen = new HashSet<>();
                for (String server : Texts.list(section.textOrEmpty("servers"))) {
                    if (!seen.add(server)) {
                        findings.warning(section, "servers", "server '" + server + "' is named twice");
                    }
                }
            }
        }
    }

    private void together(IniSection section, String key, String other) {
        if (given(section, key) && !given(section, other)) {
            findings.missing(section, other, "it, since " + key + " is given");
        }
    }

    private static boolean given(IniSection section, String key) {
        return !section.textOrEmpty(key).isEmpty();
    }
}
