package org.penstock.api.command;

import java.nio.charset.Charset;
import org.osgi.annotation.versioning.ProviderType;

/** A read-only view of bytes that the core owns; valid until the call that handed it over returns. */
@ProviderType
public interface Payload {
    /** Number of bytes in view. */
    int length();

    /**
     * The byte at an index.
     *
     * @throws IndexOutOfBoundsException outside 0 to {@link #length()} - 1
     */
    byte at(int index);

    /** Copies {@code count} bytes from {@code from} into {@code target} at {@code offset}. */
    void copy(int from, byte[] target, int offset, int count);

    /** A copy of all bytes in view. */
    default byte[] bytes() {
        byte[] copy = new byte[length()];
        copy(0, copy, 0, copy.length);
        return copy;
    }

    /** The bytes from {@code from} to the end, decoded. */
    default String text(int from, Charset charset) {
        byte[] copy = new byte[length() - from];
        copy(from, copy, 0, copy.length);
        return new String(copy, charset);
    }
}
