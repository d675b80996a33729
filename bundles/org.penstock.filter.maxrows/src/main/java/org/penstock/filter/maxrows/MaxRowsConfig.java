package org.penstock.filter.maxrows;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a maxrows section. */
@ObjectClassDefinition(id = MaxRowsConfig.PID, name = "maxrows", description = "Limits the size of results")
public @interface MaxRowsConfig {
    String PID = "org.penstock.filter.maxrows";

    @AttributeDefinition(
            name = "max_resultset_rows",
            required = false,
            type = AttributeType.LONG,
            description = "Most rows of a reply; 0 or less: no limit")
    String max__resultset__rows() default "-1";

    @AttributeDefinition(
            name = "max_resultset_size",
            required = false,
            description = "Most bytes of a reply, size with an optional suffix Ki, Mi, Gi, Ti, k, M, G, T")
    String max__resultset__size() default "64Ki";

    @AttributeDefinition(
            name = "max_resultset_return",
            required = false,
            description = "What the client gets in place of a reply beyond a limit: empty, error or ok")
    String max__resultset__return() default "empty";

    @AttributeDefinition(
            name = "debug",
            required = false,
            type = AttributeType.INTEGER,
            min = "0",
            max = "3",
            description =
                    "Sum of what is logged at level info: 1 replies that are looked at, 2 replies beyond a limit; 0 to 3")
    String debug() default "0";
}
