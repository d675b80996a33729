package org.penstock.core.net;

import java.util.Map;
import org.penstock.wire.CodecException;
import org.penstock.wire.packet.ConnectionAttributes;

/** Connection attributes as a session shows them; what cannot be read is shown as none and still goes to the servers as it came. */
final class Attributes {
    private Attributes() {}

    static Map<String, String> decode(byte[] attributes) {
        try {
            return ConnectionAttributes.decode(attributes);
        } catch (CodecException e) {
            return Map.of();
        }
    }
}
