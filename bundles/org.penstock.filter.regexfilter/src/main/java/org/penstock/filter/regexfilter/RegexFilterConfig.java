package org.penstock.filter.regexfilter;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a regexfilter section. */
@ObjectClassDefinition(
        id = RegexFilterConfig.PID,
        name = "regexfilter",
        description = "Rewrites statements by a regular expression")
public @interface RegexFilterConfig {
    String PID = "org.penstock.filter.regexfilter";

    @AttributeDefinition(name = "match", description = "Regular expression for the text that is replaced; mandatory")
    String match();

    @AttributeDefinition(
            name = "replace",
            description =
                    "Text that takes its place; $1, ${1}, $name and ${name} are groups, $$ is a dollar sign; mandatory")
    String replace();

    @AttributeDefinition(
            name = "options",
            required = false,
            description = "Comma list: ignorecase or case, extended (white space and comments in match are left out)")
    String options() default "ignorecase";

    @AttributeDefinition(
            name = "source",
            required = false,
            description = "Client address, exact; only sessions from there are rewritten; empty: all")
    String source() default "";

    @AttributeDefinition(
            name = "user",
            required = false,
            description = "Account name, exact; only its sessions are rewritten; empty: all")
    String user() default "";

    @AttributeDefinition(
            name = "log_file",
            required = false,
            description =
                    "File that gets a line for each statement, absolute or relative to the log directory; empty: none")
    String log__file() default "";

    @AttributeDefinition(
            name = "log_trace",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether each statement is logged at level info")
    String log__trace() default "false";
}
