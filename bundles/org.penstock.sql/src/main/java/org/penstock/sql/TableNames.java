package org.penstock.sql;

import java.util.ArrayList;
import java.util.List;

/** Names that stand where tables stand and may be none: common tables, aliases, and what DELETE names before its tables. */
final class TableNames {

    private final List<String> common = new ArrayList<>();
    private final List<String> aliases = new ArrayList<>();
    private final List<Structure.Table> targets = new ArrayList<>();
    private StructureBuilder builder = new StructureBuilder();

    void start(StructureBuilder next) {
        builder = next;
        common.clear();
        aliases.clear();
        targets.clear();
    }

    /** Makes a name a common table from here to the end of the bracket in which WITH stands. */
    void common(String name) {
        if (common.size() < StructureBuilder.MAX_NAMES) {
            common.add(name);
        } else {
            builder.atMost(Structure.Grade.PARTIAL);
        }
    }

    boolean isCommon(String name) {
        return common.contains(name);
    }

    int commonTables() {
        return common.size();
    }

    /** The bracket ends before which there were that many. */
    void forgetCommonTables(int before) {
        while (common.size() > before) {
            common.remove(common.size() - 1);
        }
    }

    void alias(String name) {
        aliases.add(name);
    }

    void target(Structure.Table table) {
        targets.add(table);
    }

    /** DELETE FROM x USING ...: what was read so far was targets. */
    void tablesAreTargets() {
        targets.addAll(builder.takeTables());
    }

    /** What DELETE names before FROM are tables of the list or their aliases; anything else is a table by itself. */
    void finishTargets() {
        for (Structure.Table target : targets) {
            boolean alias =
                    target.database() == null && (aliases.contains(target.name()) || builder.hasTable(target.name()));
            if (!alias) {
                builder.table(target);
            }
        }
    }
}
