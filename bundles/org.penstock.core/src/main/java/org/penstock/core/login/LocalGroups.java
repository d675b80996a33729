package org.penstock.core.login;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.penstock.api.annotation.Blocking;
import org.penstock.api.value.Texts;

/** The groups of this machine's users as {@code /etc/group} and {@code /etc/passwd} say it; directories beyond them are not asked. Immutable. */
final class LocalGroups {
    private static final int NAME = 0;
    private static final int NUMBER = 2;
    private static final int USERS_GROUP = 3;
    private static final int FIELDS = 4;

    private final Map<String, Set<String>> members;

    private LocalGroups(Map<String, Set<String>> members) {
        this.members = Map.copyOf(members);
    }

    @Blocking
    static LocalGroups read() throws IOException {
        return of(lines("/etc/group"), lines("/etc/passwd"));
    }

    private static List<String> lines(String file) throws IOException {
        Path path = Path.of(file);
        return Files.isReadable(path) ? Files.readAllLines(path, StandardCharsets.ISO_8859_1) : List.of();
    }

    /** The groups of files with these lines: {@code name:password:number:members} and {@code name:password:number:group:...}. */
    static LocalGroups of(List<String> groupFile, List<String> userFile) {
        Map<String, Set<String>> members = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (String line : groupFile) {
            String[] fields = line.split(":", -1);
            if (fields.length >= FIELDS) {
                names.put(fields[NUMBER], fields[NAME]);
                members.computeIfAbsent(fields[NAME], name -> new LinkedHashSet<>())
                        .addAll(Texts.list(fields[USERS_GROUP]));
            }
        }
        for (String line : userFile) {
            String[] fields = line.split(":", -1);
            String group = fields.length >= FIELDS ? names.get(fields[USERS_GROUP]) : null;
            if (group != null) {
                members.computeIfAbsent(group, name -> new LinkedHashSet<>()).add(fields[NAME]);
            }
        }
        return new LocalGroups(members);
    }

    /** Names of the users of a group, none when there is no such group. */
    List<String> members(String group) {
        return new ArrayList<>(members.getOrDefault(group, Set.of()));
    }
}
