package org.penstock.wire.compress;

/** Takes bytes one part after the other; a part is valid until return. */
@FunctionalInterface
public interface ByteSink {
    void take(byte[] bytes, int from, int count);
}
