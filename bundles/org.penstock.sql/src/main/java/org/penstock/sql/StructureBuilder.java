package org.penstock.sql;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Gathers the names of one statement after the other, each name once, up to a limit. Makes objects only of the result. */
final class StructureBuilder {

    /** Names of one kind; a statement with more is only partially known. */
    static final int MAX_NAMES = 1000;

    /** Fields among the arguments of all functions together. */
    static final int MAX_ARGUMENTS = 10_000;

    /** Words of marks for each function: a bit for each of {@link #MAX_NAMES} fields. */
    private static final int MARKS = 16;

    private static final int FEW = 16;

    Structure.Grade grade = Structure.Grade.PARSED;
    Structure.@Nullable Table createdTable;

    @Nullable
    String preparedName;

    @Nullable
    String preparedText;

    @Nullable
    String usedDatabase;

    Structure.@Nullable Kill kill;

    private final NameNumbers tables = new NameNumbers();
    private final NameNumbers databases = new NameNumbers();
    private final NameNumbers fields = new NameNumbers();
    private int[] contexts = new int[FEW];
    private final NameNumbers functions = new NameNumbers();
    private int[] firstArguments = new int[FEW];
    private int[] lastArguments = new int[FEW];
    private int[] argumentCounts = new int[FEW];
    /** Arguments of all functions: the field, and the next argument of the same function. */
    private int[] argumentFields = new int[FEW];

    private int[] nextArguments = new int[FEW];
    private int arguments;
    /** By function, which fields are arguments of it. */
    private long[] marks = new long[FEW * MARKS];

    /** A list over an array that nobody else has. */
    private static final class Fixed<E> extends AbstractList<E> implements RandomAccess {
        private final E[] values;

        Fixed(E[] values) {
            this.values = values;
        }

        @Override
        public E get(int index) {
            return values[index];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Begins anew. */
    void clear() {
        grade = Structure.Grade.PARSED;
        createdTable = null;
        preparedName = null;
        preparedText = null;
        usedDatabase = null;
        kill = null;
        tables.clear();
        databases.clear();
        fields.clear();
        if (arguments > 0) {
            Arrays.fill(marks, 0, Math.min(marks.length, functions.size() * MARKS), 0L);
        }
        functions.clear();
        arguments = 0;
    }

    /** Lowers the grade to that one. */
    void atMost(Structure.Grade limit) {
        if (grade.compareTo(limit) > 0) {
            grade = limit;
        }
    }

    void table(@Nullable String database, String name) {
        number(tables, null, database, name);
        if (database != null) {
            database(database);
        }
    }

    /** Removes the tables so far, into others. */
    void moveTables(NameNumbers others) {
        for (int i = 0; i < tables.size(); i++) {
            number(others, null, tables.second(i), tables.last(i));
        }
        tables.clear();
    }

    void database(String name) {
        number(databases, null, null, name);
    }

    boolean hasTable(String name) {
        if (tables.find(null, null, name) >= 0) {
            return true;
        }
        for (int i = 0; i < tables.size(); i++) {
            if (tables.last(i).equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The number of a name that is there, or is added; -1 when there are too many. */
    int number(NameNumbers names, @Nullable String first, @Nullable String second, String last) {
        int number = names.find(first, second, last);
        if (number < 0) {
            if (names.size() < MAX_NAMES) {
                return names.add(first, second, last);
            }
            atMost(Structure.Grade.PARTIAL);
        }
        return number;
    }

    /** Adds a field, or its context to the same field; returns its number for {@link #argument}, or -1 when there are too many. */
    int field(@Nullable String database, @Nullable String table, String column, int context) {
        int before = fields.size();
        int number = number(fields, database, table, column);
        if (number == before) {
            contexts = room(contexts, number);
            contexts[number] = context;
        } else if (number >= 0) {
            contexts[number] |= context;
        }
        return number;
    }

    /** The function's number for {@link #argument}, or -1 when there are too many. */
    int function(String name) {
        int before = functions.size();
        int number = number(functions, null, null, name);
        if (number == before) {
            firstArguments = room(firstArguments, number);
            lastArguments = room(lastArguments, number);
            argumentCounts = room(argumentCounts, number);
            firstArguments[number] = -1;
            argumentCounts[number] = 0;
        }
        return number;
    }

    private static int[] room(int[] array, int index) {
        return index < array.length ? array : Arrays.copyOf(array, 2 * index);
    }

    void argument(int function, int field) {
        int mark = function * MARKS + field / Long.SIZE;
        if (mark >= marks.length) {
            marks = Arrays.copyOf(marks, Math.max(mark + 1, 2 * marks.length));
        }
        long bit = 1L << field;
        if ((marks[mark] & bit) != 0) {
            return;
        }
        if (arguments == MAX_ARGUMENTS) {
            atMost(Structure.Grade.PARTIAL);
            return;
        }
        marks[mark] |= bit;
        argumentFields = room(argumentFields, arguments);
        nextArguments = room(nextArguments, arguments);
        argumentFields[arguments] = field;
        if (firstArguments[function] < 0) {
            firstArguments[function] = arguments;
        } else {
            nextArguments[lastArguments[function]] = arguments;
        }
        lastArguments[function] = arguments++;
        argumentCounts[function]++;
    }

    Structure build() {
        Structure.Field[] columns = new Structure.Field[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new Structure.Field(fields.first(i), fields.second(i), fields.last(i), contexts[i]);
        }
        return new Structure(
                grade,
                tableList(),
                databaseList(),
                list(columns),
                functionList(columns),
                createdTable,
                preparedName,
                preparedText,
                usedDatabase,
                kill);
    }

    private static <E> List<E> list(E[] values) {
        return values.length == 0 ? List.of() : new Fixed<>(values);
    }

    private List<Structure.Table> tableList() {
        if (tables.size() == 1) {
            return List.of(tableAt(0));
        }
        Structure.Table[] all = new Structure.Table[tables.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = tableAt(i);
        }
        return list(all);
    }

    private Structure.Table tableAt(int number) {
        return new Structure.Table(tables.second(number), tables.last(number));
    }

    private List<String> databaseList() {
        if (databases.size() == 0) {
            return List.of();
        }
        String[] all = new String[databases.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = databases.last(i);
        }
        return list(all);
    }

    private List<Structure.Function> functionList(Structure.Field[] columns) {
        Structure.Function[] all = new Structure.Function[functions.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Structure.Function(functions.last(i), argumentList(i, columns));
        }
        return list(all);
    }

    private List<Structure.Field> argumentList(int function, Structure.Field[] columns) {
        int next = firstArguments[function];
        int count = argumentCounts[function];
        switch (count) {
            case 0 -> {
                return List.of();
            }
            case 1 -> {
                return List.of(columns[argumentFields[next]]);
            }
            case 2 -> {
                return List.of(columns[argumentFields[next]], columns[argumentFields[nextArguments[next]]]);
            }
            default -> {
                Structure.Field[] all = new Structure.Field[count];
                for (int i = 0; i < count; i++) {
                    all[i] = columns[argumentFields[next]];
                    next = nextArguments[next];
                }
                return list(all);
            }
        }
    }
}
