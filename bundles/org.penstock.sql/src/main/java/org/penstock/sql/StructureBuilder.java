package org.penstock.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers the names of one statement after the other, each name once, up to a limit. */
final class StructureBuilder {

    /** Names of one kind; a statement with more is only partially known. */
    static final int MAX_NAMES = 1000;

    Structure.Grade grade = Structure.Grade.PARSED;
    Structure.@Nullable Table createdTable;

    @Nullable
    String preparedName;

    @Nullable
    String preparedText;

    Structure.@Nullable Kill kill;

    private final List<Structure.Table> tables = new ArrayList<>();
    private final List<String> databases = new ArrayList<>();
    private final List<Structure.Field> fields = new ArrayList<>();
    private final List<String> functionNames = new ArrayList<>();
    private final List<List<Structure.Field>> functionFields = new ArrayList<>();

    /** Begins anew. */
    void clear() {
        grade = Structure.Grade.PARSED;
        createdTable = null;
        preparedName = null;
        preparedText = null;
        kill = null;
        tables.clear();
        databases.clear();
        fields.clear();
        functionNames.clear();
        functionFields.clear();
    }

    /** Lowers the grade to that one. */
    void atMost(Structure.Grade limit) {
        if (grade.compareTo(limit) > 0) {
            grade = limit;
        }
    }

    void table(Structure.Table table) {
        add(tables, table);
        if (table.database() != null) {
            database(table.database());
        }
    }

    /** Removes the tables so far and returns them. */
    List<Structure.Table> takeTables() {
        List<Structure.Table> taken = List.copyOf(tables);
        tables.clear();
        return taken;
    }

    void database(String name) {
        add(databases, name);
    }

    boolean hasTable(String name) {
        return tables.stream().anyMatch(table -> table.name().equals(name));
    }

    private <T> void add(List<T> list, T value) {
        if (!list.contains(value)) {
            if (list.size() < MAX_NAMES) {
                list.add(value);
            } else {
                atMost(Structure.Grade.PARTIAL);
            }
        }
    }

    /** Adds a field, or its context to the same field. */
    Structure.Field field(Structure.Field field) {
        for (int i = 0; i < fields.size(); i++) {
            Structure.Field other = fields.get(i);
            if (same(field, other)) {
                if ((other.context() | field.context()) != other.context()) {
                    fields.set(
                            i,
                            new Structure.Field(
                                    other.database(),
                                    other.table(),
                                    other.column(),
                                    other.context() | field.context()));
                }
                return other;
            }
        }
        if (fields.size() < MAX_NAMES) {
            fields.add(field);
        } else {
            atMost(Structure.Grade.PARTIAL);
        }
        return field;
    }

    private static boolean same(Structure.Field a, Structure.Field b) {
        return a.column().equals(b.column())
                && Objects.equals(a.table(), b.table())
                && Objects.equals(a.database(), b.database());
    }

    /** The function's index for {@link #argument}, or -1 when there are too many. */
    int function(String name) {
        int index = functionNames.indexOf(name);
        if (index >= 0) {
            return index;
        }
        if (functionNames.size() == MAX_NAMES) {
            atMost(Structure.Grade.PARTIAL);
            return -1;
        }
        functionNames.add(name);
        functionFields.add(List.of());
        return functionNames.size() - 1;
    }

    void argument(int function, Structure.Field field) {
        List<Structure.Field> arguments = functionFields.get(function);
        if (arguments.isEmpty()) {
            functionFields.set(function, List.of(field));
        } else if (arguments.size() < MAX_NAMES && arguments.stream().noneMatch(other -> same(other, field))) {
            List<Structure.Field> more = arguments.size() > 1 ? arguments : new ArrayList<>(arguments);
            more.add(field);
            functionFields.set(function, more);
        }
    }

    Structure build() {
        List<Structure.Function> functions = new ArrayList<>(functionNames.size());
        for (int i = 0; i < functionNames.size(); i++) {
            functions.add(new Structure.Function(functionNames.get(i), List.copyOf(functionFields.get(i))));
        }
        return new Structure(
                grade,
                List.copyOf(tables),
                List.copyOf(databases),
                List.copyOf(fields),
                List.copyOf(functions),
                createdTable,
                preparedName,
                preparedText,
                kill);
    }
}
