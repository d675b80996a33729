package org.penstock.api.admin;

import java.util.Locale;

/** The kinds of objects that an operator sees. */
public enum ObjectKind {
    SERVER,
    SERVICE,
    LISTENER,
    SESSION,
    FILTER,
    MONITOR,
    MODULE;

    /** The word for one, as in commands: {@code server}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The word for many: {@code servers}. */
    public String plural() {
        return word() + "s";
    }

    /**
     * The kind of a word, singular or plural.
     *
     * @throws AdminException for another word
     */
    public static ObjectKind named(String word) {
        for (ObjectKind kind : values()) {
            if (kind.word().equals(word) || kind.plural().equals(word)) {
                return kind;
            }
        }
        throw new AdminException("unknown kind of object '" + word
                + "': expected server, service, listener, session, filter, monitor or module");
    }
}
