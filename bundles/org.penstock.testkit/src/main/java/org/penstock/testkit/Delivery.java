package org.penstock.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.command.Answer;
import org.penstock.api.error.SqlError;

/**
 * What the client received for one command.
 *
 * @param packets payloads that passed
 * @param answer reply that took the place of the server's, or null
 * @param error error that took the place of the rest, or null
 */
public record Delivery(List<byte[]> packets, @Nullable Answer answer, @Nullable SqlError error) {
    public Delivery {
        packets = List.copyOf(packets);
    }
}
