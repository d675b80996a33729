package org.penstock.filter.hintfilter;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a hintfilter section: none. */
@ObjectClassDefinition(
        id = HintFilterConfig.PID,
        name = "hintfilter",
        description = "Reads routing hints in comments of statements")
public @interface HintFilterConfig {
    String PID = "org.penstock.filter.hintfilter";
}
