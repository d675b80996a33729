package org.penstock.wire;

/** Bytes that do not fit the protocol; the message says what was expected, what was found and where. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CodecException(String message) {
        super(message);
    }

    static CodecException at(String packet, int offset, String expected, String found) {
        return new CodecException("expected " + expected + ", got " + found + " at offset " + offset + " of " + packet);
    }
}
