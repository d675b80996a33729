package org.penstock.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.penstock.config.schema.Schema;
import org.penstock.config.schema.SchemaBuilder;

/** A schema of the core and a few modules, small enough to read. */
public final class TestSchema {
    private TestSchema() {}

    public static Schema all() {
        return of("core.xml", "modules.xml");
    }

    public static Schema core() {
        return of("core.xml");
    }

    private static Schema of(String... files) {
        SchemaBuilder builder = new SchemaBuilder();
        try {
            for (String file : files) {
                try (InputStream content = resource(file)) {
                    builder.metatype(content);
                }
            }
            try (InputStream content = resource("protocol-component.xml")) {
                builder.component(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return builder.build();
    }

    private static InputStream resource(String file) {
        return Objects.requireNonNull(TestSchema.class.getResourceAsStream("/metatype/" + file));
    }
}
