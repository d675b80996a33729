package org.penstock.api.statement;

/** Where one statement is to go, as a comment or a filter's parameter says. */
public sealed interface Hint {

    /** {@code route to master}. */
    record ToPrimary() implements Hint {
        @Override
        public String toString() {
            return "route to master";
        }
    }

    /** {@code route to slave}. */
    record ToReplica() implements Hint {
        @Override
        public String toString() {
            return "route to slave";
        }
    }

    /** To all servers; no comment says so, but a filter's parameter may. */
    record ToAll() implements Hint {
        @Override
        public String toString() {
            return "route to all";
        }
    }

    /** {@code route to last}: the server of the previous statement. */
    record ToLast() implements Hint {
        @Override
        public String toString() {
            return "route to last";
        }
    }

    /** {@code route to server NAME}. */
    record ToServer(String name) implements Hint {
        @Override
        public String toString() {
            return "route to server " + name;
        }
    }

    /** {@code name=value}, such as {@code max_slave_replication_lag=5}; the name in lower case. */
    record Parameter(String name, String value) implements Hint {
        @Override
        public String toString() {
            return name + "=" + value;
        }
    }
}
