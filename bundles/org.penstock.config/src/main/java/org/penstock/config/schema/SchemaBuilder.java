package org.penstock.config.schema;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;

/** Collects a schema from the files of bundles; of several versions of a bundle the one added last counts. */
public final class SchemaBuilder {
    static final String PROTOCOL = "penstock.protocol";
    static final String AUTHENTICATOR = "penstock.authenticator";
    static final String AUTHENTICATORS = "penstock.authenticator.names";

    private final MetatypeReader reader = new MetatypeReader();
    private final Map<String, ObjectClass> byPid = new HashMap<>();
    private final TreeSet<String> protocols = new TreeSet<>();
    private final TreeSet<String> authenticators = new TreeSet<>();

    /** Adds a file of {@code OSGI-INF/metatype}. */
    public void metatype(InputStream file) throws XMLStreamException {
        for (ObjectClass found : reader.classes(file)) {
            if (found.pid().startsWith(Schema.PREFIX)) {
                byPid.put(found.pid(), found);
            }
        }
    }

    /** Adds a component description: the protocols and authenticators that it offers. */
    public void component(InputStream file) throws XMLStreamException {
        Map<String, List<String>> properties = reader.properties(file, Schema.componentProperties());
        protocols.addAll(properties.getOrDefault(PROTOCOL, List.of()));
        authenticators.addAll(properties.getOrDefault(AUTHENTICATOR, List.of()));
        authenticators.addAll(properties.getOrDefault(AUTHENTICATORS, List.of()));
    }

    public Schema build() {
        return new Schema(byPid, protocols, authenticators);
    }
}
