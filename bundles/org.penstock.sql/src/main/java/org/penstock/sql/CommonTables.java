package org.penstock.sql;

import org.jspecify.annotations.Nullable;

/** The list that WITH begins: which names are common tables, each from where its query ends, or begins when the list is recursive. */
final class CommonTables {

    private final QueryScan scan;
    private final Tokenizer t;
    private boolean recursiveList;
    /** By depth: WITH stands there, and the common table whose query is being read. */
    private final boolean[] with = new boolean[Frames.MAX_DEPTH + 1];

    private final @Nullable String[] pending = new @Nullable String[Frames.MAX_DEPTH + 1];

    CommonTables(QueryScan scan, Tokenizer tokenizer) {
        this.scan = scan;
        this.t = tokenizer;
    }

    void start() {
        with[0] = false;
        pending[0] = null;
    }

    /** A bracket was opened. */
    void opened() {
        int d = scan.frames.depth;
        with[d] = false;
        pending[d] = null;
    }

    void closed() {
        int d = scan.frames.depth;
        String name = pending[d];
        if (name != null) {
            pending[d] = null;
            scan.names.common(name);
        }
    }

    /** A comma: behind it is the next common table, when it stands in the list. */
    void comma() {
        if (with[scan.frames.depth] && scan.frames.clause() == Frames.START) {
            t.next();
            commonTable(recursiveList);
        }
    }

    /** The current token is behind WITH. */
    void with() {
        with[scan.frames.depth] = true;
        boolean recursive = t.kind == Token.WORD && t.id() == Keyword.RECURSIVE;
        if (recursive) {
            t.next();
        }
        recursiveList = recursive;
        commonTable(recursive);
    }

    /** The current token is a common table's name; afterwards its bracket. */
    private void commonTable(boolean recursive) {
        if (t.kind != Token.WORD && t.kind != Token.NAME) {
            scan.builder.atMost(Structure.Grade.PARTIAL);
            return;
        }
        scan.frames.clause[scan.frames.depth] = Frames.START;
        if (recursive) {
            scan.names.common(scan.strings.text(t));
        } else {
            pending[scan.frames.depth] = scan.strings.text(t);
        }
        int k = t.next();
        while (k != Token.END && k != ';' && !(k == Token.WORD && t.id() == Keyword.AS)) {
            k = t.next();
        }
        // Left at AS: its bracket opens the query.
    }
}
