package org.penstock.config.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.penstock.config.ini.IniSection;

/** Who uses an object. */
public final class Usage {
    private Usage() {}

    /** The objects whose sections name another one, such as {@code service 'Reads'}. */
    public static List<String> of(ConfiguredObject.Id used, Map<ConfiguredObject.Id, IniSection> sections) {
        List<String> users = new ArrayList<>();
        sections.forEach((id, section) -> {
            boolean uses = References.of(id.kind(), section).stream()
                    .anyMatch(reference -> reference.name().equals(used.name())
                            && reference.kinds().contains(used.kind()));
            if (uses) {
                users.add(id.toString());
            }
        });
        return users;
    }
}
