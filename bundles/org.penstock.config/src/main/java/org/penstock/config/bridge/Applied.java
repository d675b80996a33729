package org.penstock.config.bridge;

import org.penstock.config.check.ConfiguredObject;
import org.penstock.config.ini.Encoded;

/**
 * An object as ConfigAdmin has it.
 *
 * @param object what it was configured with
 * @param revision counts the changes of a configured name
 */
record Applied(ConfiguredObject object, int revision) {
    ConfiguredObject.Id id() {
        return object.id();
    }

    /** The name of its configuration below the factory: a module has one for each revision. */
    String instance() {
        String name = Encoded.name(object.name());
        return object.kind().module() ? name + "@" + revision : name;
    }

    @Override
    public String toString() {
        return object.id() + " revision " + revision;
    }
}
