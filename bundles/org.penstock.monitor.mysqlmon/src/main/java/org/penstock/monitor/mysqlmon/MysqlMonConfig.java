package org.penstock.monitor.mysqlmon;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a monitor section with {@code module=mysqlmon}. */
@ObjectClassDefinition(
        id = MysqlMonConfig.PID,
        name = "mysqlmon",
        description = "Finds out who is primary and who replicates")
public @interface MysqlMonConfig {
    String PID = "org.penstock.monitor.mysqlmon";

    @AttributeDefinition(name = "servers", required = false, description = "Comma list of the servers that it watches")
    String servers() default "";

    @AttributeDefinition(name = "user", description = "Account for its questions; mandatory")
    String user();

    @AttributeDefinition(
            name = "password",
            required = false,
            type = AttributeType.PASSWORD,
            description = "Password of that account")
    String password() default "";

    @AttributeDefinition(
            name = "monitor_interval",
            required = false,
            description =
                    "Duration, bare numbers in milliseconds, at least 100ms: pause between two looks at all servers")
    String monitor__interval() default "2000ms";

    @AttributeDefinition(
            name = "backend_connect_timeout",
            required = false,
            description = "Duration, bare numbers in seconds: bound of a connection with its login")
    String backend__connect__timeout() default "3s";

    @AttributeDefinition(
            name = "backend_read_timeout",
            required = false,
            description = "Duration, bare numbers in seconds: bound of one question")
    String backend__read__timeout() default "3s";

    @AttributeDefinition(
            name = "backend_write_timeout",
            required = false,
            description =
                    "Duration, bare numbers in seconds: accepted; a question is bounded by the longer of this and backend_read_timeout")
    String backend__write__timeout() default "3s";

    @AttributeDefinition(
            name = "backend_connect_attempts",
            required = false,
            type = AttributeType.INTEGER,
            min = "1",
            description = "Times that a server is asked in one look before it counts as down")
    String backend__connect__attempts() default "1";

    @AttributeDefinition(
            name = "script",
            required = false,
            description = "Command line to run on a change of status; empty: none")
    String script() default "";

    @AttributeDefinition(
            name = "events",
            required = false,
            description = "Comma list of the events that start the script; empty or all: every one")
    String events() default "";

    @AttributeDefinition(
            name = "detect_replication_lag",
            required = false,
            type = AttributeType.BOOLEAN,
            description =
                    "Whether the lag is measured by a table on the primary, maxscale_schema.replication_heartbeat")
    String detect__replication__lag() default "false";

    @AttributeDefinition(
            name = "detect_stale_master",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether the primary keeps its role while it has no replicas")
    String detect__stale__master() default "true";

    @AttributeDefinition(
            name = "detect_stale_slave",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether replicas keep their role while the primary is down")
    String detect__stale__slave() default "true";

    @AttributeDefinition(
            name = "mysql51_replication",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether servers older than 5.5 are asked for their replicas")
    String mysql51__replication() default "false";

    @AttributeDefinition(
            name = "multimaster",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether servers that replicate in a circle are all primaries, except read-only ones")
    String multimaster() default "false";

    @AttributeDefinition(
            name = "detect_standalone_master",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether the only server left becomes the primary")
    String detect__standalone__master() default "false";

    @AttributeDefinition(
            name = "failcount",
            required = false,
            type = AttributeType.INTEGER,
            min = "1",
            description =
                    "Looks in a row without an answer after which a server counts as failed for detect_standalone_master")
    String failcount() default "5";

    @AttributeDefinition(
            name = "allow_cluster_recovery",
            required = false,
            type = AttributeType.BOOLEAN,
            description =
                    "Whether failed servers may come back after detect_standalone_master; else they go to maintenance")
    String allow__cluster__recovery() default "true";

    @AttributeDefinition(
            name = "ignore_external_masters",
            required = false,
            type = AttributeType.BOOLEAN,
            description =
                    "Whether a primary that replicates from a server that is not watched is shown as a primary only")
    String ignore__external__masters() default "false";
}
