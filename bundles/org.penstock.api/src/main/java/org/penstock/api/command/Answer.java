package org.penstock.api.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.penstock.api.error.SqlError;

/** A complete reply made by a module. The core encodes it for the session's capabilities and numbers its packets. */
public sealed interface Answer {
    /** An OK packet. The core adds the session's status flags. */
    record Ok(long affectedRows, long insertId, int warnings, String info) implements Answer {}

    /** An ERR packet. */
    record Failure(SqlError error) implements Answer {}

    /** A text result: column names, then rows whose values are text in the session's result character set, or null for NULL. */
    record Rows(List<String> columns, List<List<byte @Nullable []>> rows) implements Answer {
        public Rows {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** Packet payloads as they go to the client; they must fit the session's capabilities, as those seen in a reply of the same session do. */
    record Packets(List<byte[]> payloads) implements Answer {
        public Packets {
            payloads = List.copyOf(payloads);
        }
    }

    static Answer ok() {
        return new Ok(0, 0, 0, "");
    }

    static Answer error(SqlError error) {
        return new Failure(error);
    }

    /** A text result of strings in UTF-8. */
    static Answer rows(List<String> columns, List<List<@Nullable String>> rows) {
        List<List<byte @Nullable []>> encoded = new ArrayList<>(rows.size());
        for (List<@Nullable String> row : rows) {
            List<byte @Nullable []> values = new ArrayList<>(row.size());
            for (String value : row) {
                values.add(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
            }
            encoded.add(values);
        }
        return new Rows(columns, encoded);
    }
}
