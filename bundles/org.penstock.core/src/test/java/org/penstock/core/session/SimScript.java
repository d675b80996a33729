package org.penstock.core.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.penstock.wire.CommandType;

/** Makes up the commands of one run. */
final class SimScript {
    private static final String[] ROWS = {"@drop", "@replace", "@collect", "@instead", "@rowfail"};
    private static final String[] ENDS = {"@answer", "@fail", "@ranswer", "@rfail"};
    private static final int[] SIMPLE = {
        CommandType.PING,
        CommandType.INIT_DB,
        CommandType.RESET_CONNECTION,
        CommandType.SET_OPTION,
        CommandType.STMT_RESET
    };

    private final Random random;
    private final boolean faults;

    SimScript(Random random, boolean faults) {
        this.random = random;
        this.faults = faults;
    }

    List<SimCommand> commands() {
        List<SimCommand> commands = new ArrayList<>();
        int count = 2 + random.nextInt(24);
        for (int id = 1; id <= count; id++) {
            commands.add(command(id));
        }
        return commands;
    }

    private SimCommand command(int id) {
        int n = random.nextInt(10);
        int size = random.nextInt(40) == 0 ? 70_000 : 1 + random.nextInt(60);
        int padding = random.nextInt(30) == 0 ? 70_000 : random.nextInt(400);
        Set<String> directives = new TreeSet<>();
        switch (random.nextInt(16)) {
            case 0 -> {
                return new SimCommand(id, CommandType.STMT_CLOSE, "none", 0, 0, quiet(directives), padding);
            }
            case 1 -> {
                return new SimCommand(id, CommandType.STMT_SEND_LONG_DATA, "none", 0, 0, quiet(directives), padding);
            }
            case 2 -> {
                return new SimCommand(id, CommandType.STMT_PREPARE, "prepare", n, 1, any(directives, false), padding);
            }
            case 3, 4 -> {
                String kind = random.nextInt(4) == 0 ? "cursor" : "rows";
                return new SimCommand(id, CommandType.STMT_EXECUTE, kind, n, size, any(directives, true), padding);
            }
            case 5 -> {
                return new SimCommand(id, CommandType.STMT_FETCH, "fetch", n, size, any(directives, true), padding);
            }
            case 6 -> {
                return new SimCommand(id, CommandType.FIELD_LIST, "fields", n, 1, any(directives, false), padding);
            }
            case 7 -> {
                return new SimCommand(id, CommandType.STATISTICS, "text", 0, 1, any(directives, false), padding);
            }
            case 8 -> {
                int code = SIMPLE[random.nextInt(SIMPLE.length)];
                return new SimCommand(
                        id, code, random.nextBoolean() ? "ok" : "err", 0, 1, any(directives, false), padding);
            }
            case 9 -> {
                if (random.nextInt(3) == 0) {
                    return new SimCommand(id, CommandType.CHANGE_USER, "ok", 0, 1, directives, padding % 1000);
                }
                any(directives, false).remove("@stream");
                return new SimCommand(id, CommandType.QUERY, "infile", 0, 1, directives, padding);
            }
            default -> {
                String[] kinds = {"ok", "err", "rows", "rows", "rows", "multi", "broken"};
                String kind = kinds[random.nextInt(kinds.length)];
                return new SimCommand(id, CommandType.QUERY, kind, n, size, any(directives, true), padding);
            }
        }
    }

    private Set<String> quiet(Set<String> directives) {
        add(directives, 4, "@b");
        add(directives, 10, "@hold");
        add(directives, 10, "@all");
        add(directives, 10, "@ask");
        return directives;
    }

    private Set<String> any(Set<String> directives, boolean rows) {
        quiet(directives);
        add(directives, 10, "@c");
        add(directives, 12, "@background");
        add(directives, 12, "@rhold");
        add(directives, 12, "@rewrite");
        add(directives, 12, "@stream");
        if (random.nextInt(8) == 0) {
            directives.add(ENDS[random.nextInt(ENDS.length)]);
        }
        if (rows && random.nextInt(3) == 0) {
            String chosen = ROWS[random.nextInt(ROWS.length)];
            directives.add(chosen);
            if (chosen.equals("@collect")) {
                add(directives, 2, "@overflowpass");
            }
        }
        if (faults) {
            add(directives, 80, "@throw");
            add(directives, 80, "@rowthrow");
        }
        return directives;
    }

    private void add(Set<String> directives, int oneIn, String directive) {
        if (random.nextInt(oneIn) == 0) {
            directives.add(directive);
        }
    }
}
