package org.penstock.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names that stand where tables stand and may be none: common tables, aliases, and what DELETE names before its tables. */
final class TableNames {

    private final List<String> common = new ArrayList<>();
    /** How often each name is among them. */
    private final Map<String, Integer> commonByName = new HashMap<>();

    private final NameNumbers aliases = new NameNumbers();
    private final NameNumbers targets = new NameNumbers();
    private StructureBuilder builder = new StructureBuilder();

    void start(StructureBuilder next) {
        builder = next;
        forgetCommonTables(0);
        aliases.clear();
        targets.clear();
    }

    /** Makes a name a common table from here to the end of the bracket in which WITH stands. */
    void common(String name) {
        if (common.size() < StructureBuilder.MAX_NAMES) {
            common.add(name);
            commonByName.merge(name, 1, Integer::sum);
        } else {
            builder.atMost(Structure.Grade.PARTIAL);
        }
    }

    boolean isCommon(String name) {
        return !common.isEmpty() && commonByName.containsKey(name);
    }

    int commonTables() {
        return common.size();
    }

    /** The bracket ends before which there were that many. */
    void forgetCommonTables(int before) {
        while (common.size() > before) {
            String name = common.remove(common.size() - 1);
            commonByName.computeIfPresent(name, (same, times) -> times > 1 ? times - 1 : null);
        }
    }

    void alias(String name) {
        builder.number(aliases, null, null, name);
    }

    void target(@Nullable String database, String name) {
        builder.number(targets, null, database, name);
    }

    /** DELETE FROM x USING ...: what was read so far was targets. */
    void tablesAreTargets() {
        builder.moveTables(targets);
    }

    /** What DELETE names before FROM are tables of the list or their aliases; anything else is a table by itself. */
    void finishTargets() {
        for (int i = 0; i < targets.size(); i++) {
            String database = targets.second(i);
            String name = targets.last(i);
            boolean alias = database == null && (aliases.find(null, null, name) >= 0 || builder.hasTable(name));
            if (!alias) {
                builder.table(database, name);
            }
        }
    }
}
