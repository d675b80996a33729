package org.penstock.api.command;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.penstock.api.statement.Hint;
import org.penstock.api.statement.Statement;

/** One complete request of a client, as far as the receiving module asked to see it; valid until the call returns. */
@ProviderType
public interface Command {
    /** The command byte. */
    int COM_QUERY = 0x03;

    /** The command byte of a prepare in the binary protocol. */
    int COM_STMT_PREPARE = 0x16;

    /** Number of the command in its session, from 1. */
    long number();

    /** The command byte (COM_*), 0 to 255. */
    int code();

    /** Length of the whole payload in bytes, the command byte included, over all of its packets; -1 while more than 16 MiB are still arriving. */
    long length();

    /** The bytes in view: the command byte and what follows, as much as the module's {@link CommandInterest} asked for. */
    Payload payload();

    /** Whether {@link #payload()} holds the whole command. */
    boolean complete();

    /** Whether the command carries SQL text behind its command byte: COM_QUERY or COM_STMT_PREPARE. */
    default boolean hasSql() {
        return code() == COM_QUERY || code() == COM_STMT_PREPARE;
    }

    /**
     * What the command is, classified on first use from all of the bytes that the session has of it: those that the largest interest of the chain asked for.
     * A statement of which only the beginning is there is flagged {@link org.penstock.api.statement.Flags#CUT} and never a read.
     */
    Statement statement();

    /** The hints that filters gave it, and those of its own comments where a filter reads them; in order, the later ones win. */
    List<Hint> hints();

    /**
     * The SQL text in view, decoded with the session's character set.
     *
     * @throws IllegalStateException when {@link #hasSql()} is false
     */
    String sql();
}
