package org.penstock.sql;

/** The open brackets of a statement while its structure is read, each with the clause that its tokens belong to. */
final class Frames {

    /** Brackets one inside the other; deeper statements are only partially known. */
    static final int MAX_DEPTH = 250;

    static final int START = 0;
    static final int SELECT_LIST = 1;
    static final int FROM = 2;
    static final int CONDITION = 3;
    static final int WHERE = 4;
    static final int GROUP = 5;
    static final int ORDER = 6;
    static final int SET = 7;
    static final int VALUES = 8;
    /** Tables that DELETE names before FROM. */
    static final int TARGETS = 9;
    /** Names that are neither tables nor columns: indexes, partitions, options, LIMIT. */
    static final int OTHER = 10;
    /** Column names in brackets: INSERT, USING. */
    static final int COLUMNS = 11;
    /** What a call's brackets hold. */
    static final int ARGUMENTS = 12;
    /** A definition, in which only some words lead to a table. */
    static final int DEFINITION = 13;

    int depth;
    final int[] clause = new int[MAX_DEPTH + 1];
    final int[] function = new int[MAX_DEPTH + 1];
    final int[] context = new int[MAX_DEPTH + 1];
    final int[] commonTables = new int[MAX_DEPTH + 1];
    final boolean[] call = new boolean[MAX_DEPTH + 1];

    /** Brackets that are open beyond the limit. */
    int beyond;

    void start() {
        depth = 0;
        beyond = 0;
        clause[0] = START;
        function[0] = -1;
        context[0] = 0;
        commonTables[0] = 0;
        call[0] = false;
    }

    /** False when it is too deep. */
    boolean open(int kind, int functionIndex, boolean isCall, int tables) {
        if (depth == MAX_DEPTH) {
            beyond++;
            return false;
        }
        depth++;
        clause[depth] = kind;
        function[depth] = functionIndex;
        context[depth] = context[depth - 1];
        commonTables[depth] = tables;
        call[depth] = isCall;
        return true;
    }

    int clause() {
        return clause[depth];
    }
}
