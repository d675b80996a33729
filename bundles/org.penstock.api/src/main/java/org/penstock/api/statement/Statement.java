package org.penstock.api.statement;

import org.osgi.annotation.versioning.ProviderType;

/** What one command is, as its text and the session that sends it say; valid until the call that handed it over returns. */
@ProviderType
public interface Statement {
    /** The one word for what it does. */
    Operation operation();

    /** Bits of {@link Types}. */
    int types();

    /** Whether one of these bits of {@link Types} is set. */
    default boolean is(int typeBits) {
        return (types() & typeBits) != 0;
    }

    /** Bits of {@link Flags}. */
    int flags();

    /** Whether one of these bits of {@link Flags} is set. */
    default boolean has(int flagBits) {
        return (flags() & flagBits) != 0;
    }

    /** What the text says about the transaction. */
    TransactionEffect transactionEffect();

    /** Why the session may have to stay with one server afterwards; with {@link Flags#UNPINS} the reason that ends. */
    Pin pin();

    /** Index in the command's payload where the text of its first comment begins, when {@link Flags#HINT} is set; else -1. */
    default int hintStart() {
        return -1;
    }

    /** Index behind the last byte of that text; else -1. */
    default int hintEnd() {
        return -1;
    }

    /** Where it may run, by the above. */
    default Placement placement() {
        return Placement.of(this);
    }
}
