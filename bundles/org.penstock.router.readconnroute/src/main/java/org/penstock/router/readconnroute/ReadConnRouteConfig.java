package org.penstock.router.readconnroute;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a service with {@code router=readconnroute}. */
@ObjectClassDefinition(
        id = ReadConnRouteConfig.PID,
        name = "readconnroute",
        description = "Gives each session one server for all of its commands")
public @interface ReadConnRouteConfig {
    String PID = "org.penstock.router.readconnroute";

    @AttributeDefinition(
            name = "router_options",
            required = false,
            description =
                    "Comma list of the roles of which a server must have one: master, slave, synced, ndb, running")
    String router__options() default "running";

    @AttributeDefinition(
            name = "weightby",
            required = false,
            description = "Name of the server parameter whose values share the sessions out; empty: equal shares")
    String weightby() default "";

    @AttributeDefinition(
            name = "master_accept_reads",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether the master may be chosen when router_options does not name it")
    String master__accept__reads() default "true";

    @AttributeDefinition(
            name = "max_replication_lag",
            required = false,
            description =
                    "Duration, bare numbers in seconds: slaves that are further behind are not chosen; 0s: all are")
    String max__replication__lag() default "0s";
}
