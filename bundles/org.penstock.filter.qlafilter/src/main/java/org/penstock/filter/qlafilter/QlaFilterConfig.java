package org.penstock.filter.qlafilter;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a qlafilter section. */
@ObjectClassDefinition(id = QlaFilterConfig.PID, name = "qlafilter", description = "Logs the statements of sessions")
public @interface QlaFilterConfig {
    String PID = "org.penstock.filter.qlafilter";

    @AttributeDefinition(
            name = "filebase",
            description =
                    "Beginning of the file names, absolute or relative to the log directory; .<session> or .unified is added; mandatory")
    String filebase();

    @AttributeDefinition(
            name = "match",
            required = false,
            description = "Regular expression; only statements that match are logged; empty: all")
    String match() default "";

    @AttributeDefinition(
            name = "exclude",
            required = false,
            description = "Regular expression; statements that match are not logged; empty: none")
    String exclude() default "";

    @AttributeDefinition(
            name = "options",
            required = false,
            description = "Comma list: case or ignorecase, extended (accepted, patterns are always extended)")
    String options() default "case";

    @AttributeDefinition(
            name = "source",
            required = false,
            description = "Client address, exact; only sessions from there are logged; empty: all")
    String source() default "";

    @AttributeDefinition(
            name = "user",
            required = false,
            description = "Account name, exact; only its sessions are logged; empty: all")
    String user() default "";

    @AttributeDefinition(
            name = "user_match",
            required = false,
            description = "Regular expression for account names whose sessions are logged; unused when user is set")
    String user__match() default "";

    @AttributeDefinition(
            name = "user_exclude",
            required = false,
            description = "Regular expression for account names whose sessions are not logged; unused when user is set")
    String user__exclude() default "";

    @AttributeDefinition(
            name = "source_match",
            required = false,
            description = "Regular expression for client addresses that are logged; unused when source is set")
    String source__match() default "";

    @AttributeDefinition(
            name = "source_exclude",
            required = false,
            description = "Regular expression for client addresses that are not logged; unused when source is set")
    String source__exclude() default "";

    @AttributeDefinition(
            name = "log_type",
            required = false,
            description = "Comma list: session (a file per session), unified (one file for all)")
    String log__type() default "session";

    @AttributeDefinition(
            name = "log_data",
            required = false,
            description =
                    "Comma list of service, session, date, user, reply_time, query, default_db, total_reply_time, num_rows, reply_size, "
                            + "transaction, transaction_time, num_warnings, error_msg, command")
    String log__data() default "date,user,query";

    @AttributeDefinition(
            name = "duration_unit",
            required = false,
            description = "Unit of durations in the log: milliseconds (ms) or microseconds (us)")
    String duration__unit() default "milliseconds";

    @AttributeDefinition(
            name = "use_canonical_form",
            required = false,
            type = AttributeType.BOOLEAN,
            description =
                    "Whether statements are logged in their canonical form: constants are question marks, comments are left out")
    String use__canonical__form() default "false";

    @AttributeDefinition(
            name = "flush",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether each line is forced out at once instead of once a second")
    String flush() default "false";

    @AttributeDefinition(
            name = "append",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether files that exist at the start are continued instead of overwritten")
    String append() default "true";

    @AttributeDefinition(
            name = "separator",
            required = false,
            description = "Text between the elements of a line; may stand in quotes")
    String separator() default "\",\"";

    @AttributeDefinition(
            name = "newline_replacement",
            required = false,
            description = "Text in place of line breaks in statements; may stand in quotes; empty: line breaks stay")
    String newline__replacement() default "\" \"";
}
