package org.penstock.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that the demo starts Penstock with, as far as it has to know it: which environment variables stand for the addresses
 * and ports of servers and for the ports of listeners, and how it reads with another set of servers.
 */
final class DemoConfiguration {

    private static final Pattern HEADER = Pattern.compile("\\s*\\[([^]]+)]\\s*");
    private static final Pattern PAIR = Pattern.compile("\\s*([A-Za-z_]+)\\s*=\\s*(.*?)\\s*");
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");

    private final List<String> lines;
    private final List<Section> sections;

    /** A section: its name, the index of its header among the lines, its parameters. */
    private record Section(String name, int line, Map<String, String> values) {

        boolean is(String type) {
            return type.equals(values.get("type"));
        }
    }

    private DemoConfiguration(List<String> lines) {
        this.lines = lines;
        this.sections = sections(lines);
    }

    static DemoConfiguration of(String text) {
        return new DemoConfiguration(text.lines().toList());
    }

    private static List<Section> sections(List<String> lines) {
        List<Section> found = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            Matcher header = HEADER.matcher(lines.get(index));
            Matcher pair = PAIR.matcher(lines.get(index));
            if (header.matches()) {
                found.add(new Section(header.group(1).strip(), index, new LinkedHashMap<>()));
            } else if (pair.matches() && !found.isEmpty()) {
                found.get(found.size() - 1).values().put(pair.group(1).toLowerCase(Locale.ROOT), pair.group(2));
            }
        }
        return found;
    }

    private List<Section> ofType(String type) {
        return sections.stream().filter(section -> section.is(type)).toList();
    }

    /** The number of servers. */
    int servers() {
        return ofType("server").size();
    }

    /** The number of listeners with a port that a variable stands for. */
    int variablePorts() {
        return (int) ofType("listener").stream()
                .flatMap(section -> variable(section, "port").stream())
                .distinct()
                .count();
    }

    /** Values of the variables: servers and ports in the order of the sections. */
    Map<String, String> environment(List<Address> addresses, List<Integer> ports) {
        Map<String, String> environment = new LinkedHashMap<>();
        List<Section> servers = ofType("server");
        for (int index = 0; index < Math.min(servers.size(), addresses.size()); index++) {
            Address address = addresses.get(index);
            variable(servers.get(index), "address").ifPresent(name -> environment.put(name, address.host()));
            variable(servers.get(index), "port").ifPresent(name -> environment.put(name, "" + address.port()));
        }
        int next = 0;
        for (Section listener : ofType("listener")) {
            Optional<String> name = variable(listener, "port");
            if (name.isPresent() && !environment.containsKey(name.get())) {
                environment.put(name.get(), ports.get(next++).toString());
            }
        }
        return environment;
    }

    private static Optional<String> variable(Section section, String key) {
        Matcher matcher = VARIABLE.matcher(section.values().getOrDefault(key, ""));
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The text with exactly these servers, and with this account where services and monitors name one. */
    String with(List<Address> addresses, @Nullable String user, @Nullable String password) {
        List<String> names = IntStream.rangeClosed(1, addresses.size())
                .mapToObj(number -> "server" + number)
                .toList();
        List<String> result = new ArrayList<>();
        boolean written = false;
        Section current = null;
        for (int index = 0; index < lines.size(); index++) {
            current = startsAt(index).orElse(current);
            if (current == null || !current.is("server")) {
                result.add(changed(lines.get(index), names, user, password));
            } else if (!written) {
                written = true;
                result.addAll(sections(names, addresses));
            }
        }
        return result.stream().collect(Collectors.joining("\n", "", "\n"));
    }

    private Optional<Section> startsAt(int line) {
        return sections.stream().filter(section -> section.line() == line).findFirst();
    }

    private static List<String> sections(List<String> names, List<Address> addresses) {
        List<String> result = new ArrayList<>();
        for (int index = 0; index < names.size(); index++) {
            result.addAll(List.of(
                    "[" + names.get(index) + "]",
                    "type=server",
                    "address=" + addresses.get(index).host(),
                    "port=" + addresses.get(index).port(),
                    ""));
        }
        return result;
    }

    private static String changed(String line, List<String> names, @Nullable String user, @Nullable String password) {
        Matcher pair = PAIR.matcher(line);
        if (!pair.matches()) {
            return line;
        }
        String key = pair.group(1).toLowerCase(Locale.ROOT);
        return switch (key) {
            case "servers" -> "servers=" + String.join(",", names);
            case "user" -> user == null ? line : "user=" + user;
            case "password", "passwd" -> password == null ? line : "password=" + password;
            default -> line;
        };
    }
}
