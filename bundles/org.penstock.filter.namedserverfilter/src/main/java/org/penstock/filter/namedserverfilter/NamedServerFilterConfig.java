package org.penstock.filter.namedserverfilter;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a namedserverfilter section. */
@ObjectClassDefinition(
        id = NamedServerFilterConfig.PID,
        name = "namedserverfilter",
        description = "Sends statements that match a regular expression to named servers")
public @interface NamedServerFilterConfig {
    String PID = "org.penstock.filter.namedserverfilter";

    @AttributeDefinition(
            name = "options",
            required = false,
            description =
                    "Comma list: ignorecase or case, extended (white space and comments in patterns are left out)")
    String options() default "ignorecase";

    @AttributeDefinition(
            name = "source",
            required = false,
            description =
                    "Comma list of client addresses (192.168.%.% for a network) or host names; only sessions from there are looked at; empty: all")
    String source() default "";

    @AttributeDefinition(
            name = "user",
            required = false,
            description = "Account name, exact; only its sessions are looked at; empty: all")
    String user() default "";

    @AttributeDefinition(
            name = "match",
            required = false,
            description = "Regular expression for the only pair of an older configuration, with server")
    String match() default "";

    @AttributeDefinition(
            name = "server",
            required = false,
            description = "Name of the server for statements that match, with match")
    String server() default "";

    @AttributeDefinition(name = "match01", required = false, description = "Regular expression of pair 01")
    String match01() default "";

    @AttributeDefinition(
            name = "target01",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 01")
    String target01() default "";

    @AttributeDefinition(name = "match02", required = false, description = "Regular expression of pair 02")
    String match02() default "";

    @AttributeDefinition(
            name = "target02",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 02")
    String target02() default "";

    @AttributeDefinition(name = "match03", required = false, description = "Regular expression of pair 03")
    String match03() default "";

    @AttributeDefinition(
            name = "target03",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 03")
    String target03() default "";

    @AttributeDefinition(name = "match04", required = false, description = "Regular expression of pair 04")
    String match04() default "";

    @AttributeDefinition(
            name = "target04",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 04")
    String target04() default "";

    @AttributeDefinition(name = "match05", required = false, description = "Regular expression of pair 05")
    String match05() default "";

    @AttributeDefinition(
            name = "target05",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 05")
    String target05() default "";

    @AttributeDefinition(name = "match06", required = false, description = "Regular expression of pair 06")
    String match06() default "";

    @AttributeDefinition(
            name = "target06",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 06")
    String target06() default "";

    @AttributeDefinition(name = "match07", required = false, description = "Regular expression of pair 07")
    String match07() default "";

    @AttributeDefinition(
            name = "target07",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 07")
    String target07() default "";

    @AttributeDefinition(name = "match08", required = false, description = "Regular expression of pair 08")
    String match08() default "";

    @AttributeDefinition(
            name = "target08",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 08")
    String target08() default "";

    @AttributeDefinition(name = "match09", required = false, description = "Regular expression of pair 09")
    String match09() default "";

    @AttributeDefinition(
            name = "target09",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 09")
    String target09() default "";

    @AttributeDefinition(name = "match10", required = false, description = "Regular expression of pair 10")
    String match10() default "";

    @AttributeDefinition(
            name = "target10",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 10")
    String target10() default "";

    @AttributeDefinition(name = "match11", required = false, description = "Regular expression of pair 11")
    String match11() default "";

    @AttributeDefinition(
            name = "target11",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 11")
    String target11() default "";

    @AttributeDefinition(name = "match12", required = false, description = "Regular expression of pair 12")
    String match12() default "";

    @AttributeDefinition(
            name = "target12",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 12")
    String target12() default "";

    @AttributeDefinition(name = "match13", required = false, description = "Regular expression of pair 13")
    String match13() default "";

    @AttributeDefinition(
            name = "target13",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 13")
    String target13() default "";

    @AttributeDefinition(name = "match14", required = false, description = "Regular expression of pair 14")
    String match14() default "";

    @AttributeDefinition(
            name = "target14",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 14")
    String target14() default "";

    @AttributeDefinition(name = "match15", required = false, description = "Regular expression of pair 15")
    String match15() default "";

    @AttributeDefinition(
            name = "target15",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 15")
    String target15() default "";

    @AttributeDefinition(name = "match16", required = false, description = "Regular expression of pair 16")
    String match16() default "";

    @AttributeDefinition(
            name = "target16",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 16")
    String target16() default "";

    @AttributeDefinition(name = "match17", required = false, description = "Regular expression of pair 17")
    String match17() default "";

    @AttributeDefinition(
            name = "target17",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 17")
    String target17() default "";

    @AttributeDefinition(name = "match18", required = false, description = "Regular expression of pair 18")
    String match18() default "";

    @AttributeDefinition(
            name = "target18",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 18")
    String target18() default "";

    @AttributeDefinition(name = "match19", required = false, description = "Regular expression of pair 19")
    String match19() default "";

    @AttributeDefinition(
            name = "target19",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 19")
    String target19() default "";

    @AttributeDefinition(name = "match20", required = false, description = "Regular expression of pair 20")
    String match20() default "";

    @AttributeDefinition(
            name = "target20",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 20")
    String target20() default "";

    @AttributeDefinition(name = "match21", required = false, description = "Regular expression of pair 21")
    String match21() default "";

    @AttributeDefinition(
            name = "target21",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 21")
    String target21() default "";

    @AttributeDefinition(name = "match22", required = false, description = "Regular expression of pair 22")
    String match22() default "";

    @AttributeDefinition(
            name = "target22",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 22")
    String target22() default "";

    @AttributeDefinition(name = "match23", required = false, description = "Regular expression of pair 23")
    String match23() default "";

    @AttributeDefinition(
            name = "target23",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 23")
    String target23() default "";

    @AttributeDefinition(name = "match24", required = false, description = "Regular expression of pair 24")
    String match24() default "";

    @AttributeDefinition(
            name = "target24",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 24")
    String target24() default "";

    @AttributeDefinition(name = "match25", required = false, description = "Regular expression of pair 25")
    String match25() default "";

    @AttributeDefinition(
            name = "target25",
            required = false,
            description = "Name of a server, comma list of names, ->master, ->slave or ->all for pair 25")
    String target25() default "";
}
