package org.penstock.benchmarks.macro.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A payload in the making: little-endian numbers, text that ends with a zero byte. */
final class PayloadBuilder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PayloadBuilder octet(int value) {
        bytes.write(value);
        return this;
    }

    PayloadBuilder number(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes.write(value >>> shift);
        }
        return this;
    }

    PayloadBuilder text(String value) {
        return raw(value).octet(0);
    }

    PayloadBuilder raw(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8));
    }

    PayloadBuilder raw(byte[] value) {
        bytes.write(value, 0, value.length);
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
