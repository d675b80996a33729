package org.penstock.wire.compress;

/**
 * The numbers of packets in a client's frames. MariaDB's C client numbers the frames only and gives each packet of a long command the number 0; whoever reads
 * the packets without frames expects each to have the number behind that of the packet that it continues.
 */
public final class ContinuedNumbers {
    private static final int PACKET_HEADER = 4;
    private static final int CONTINUED = 0xFFFFFF;

    private int headerFilled;
    private int length;
    private int left;
    private int number;
    private boolean continues;

    /** Takes the next bytes of packets, and corrects them in place. */
    public void pass(byte[] bytes, int from, int count) {
        int at = from;
        int end = from + count;
        while (at < end) {
            if (left > 0) {
                int step = Math.min(left, end - at);
                at += step;
                left -= step;
            } else {
                header(bytes, at++);
            }
        }
    }

    private void header(byte[] bytes, int at) {
        if (headerFilled < PACKET_HEADER - 1) {
            length |= (bytes[at] & 0xFF) << (8 * headerFilled++);
            return;
        }
        if (continues) {
            bytes[at] = (byte) (number + 1);
        }
        number = bytes[at] & 0xFF;
        continues = length == CONTINUED;
        left = length;
        length = 0;
        headerFilled = 0;
    }
}
