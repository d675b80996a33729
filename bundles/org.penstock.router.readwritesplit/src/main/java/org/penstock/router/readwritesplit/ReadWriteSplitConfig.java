package org.penstock.router.readwritesplit;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Parameters of a service with {@code router=readwritesplit}. */
@ObjectClassDefinition(
        id = ReadWriteSplitConfig.PID,
        name = "readwritesplit",
        description = "Sends writes to the primary and shares reads out among the replicas")
public @interface ReadWriteSplitConfig {
    String PID = "org.penstock.router.readwritesplit";

    @AttributeDefinition(
            name = "router_options",
            required = false,
            description = "Comma list of parameters of this router as key=value; they win over those of the section")
    String router__options() default "";

    @AttributeDefinition(
            name = "use_sql_variables_in",
            required = false,
            description =
                    "all: reads of user variables go to any server, SELECTs that set them to all; master: both go to the master")
    String use__sql__variables__in() default "all";

    @AttributeDefinition(
            name = "slave_selection_criteria",
            required = false,
            description =
                    "What a read goes by: least_current_operations, adaptive_routing, least_behind_master, least_router_connections or least_global_connections")
    String slave__selection__criteria() default "least_current_operations";

    @AttributeDefinition(
            name = "master_failure_mode",
            required = false,
            description =
                    "What becomes of sessions without a master: fail_instantly, fail_on_write (they end) or error_on_write (writes get error 1290)")
    String master__failure__mode() default "fail_on_write";

    @AttributeDefinition(
            name = "master_reconnection",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether a session may connect to a master, the same or another, after it has lost its own")
    String master__reconnection() default "true";

    @AttributeDefinition(
            name = "master_accept_reads",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether the master takes its share of the reads")
    String master__accept__reads() default "false";

    @AttributeDefinition(
            name = "max_replication_lag",
            required = false,
            description = "Duration (bare number: seconds): slaves get reads while they lag less than this; 0s: always")
    String max__replication__lag() default "0s";

    @AttributeDefinition(
            name = "max_slave_replication_lag",
            required = false,
            description =
                    "The older name of max_replication_lag, which wins; a bare number is as in 2.1: lag up to that many seconds, -1: any")
    String max__slave__replication__lag() default "";

    @AttributeDefinition(
            name = "max_slave_connections",
            required = false,
            description =
                    "Most slaves that a session is connected to, a number or N% of the service's servers; 0: reads go to the master")
    String max__slave__connections() default "255";

    @AttributeDefinition(
            name = "slave_connections",
            required = false,
            description = "Slaves that a session is connected to at its start; more only when they serve a read better")
    String slave__connections() default "255";

    @AttributeDefinition(
            name = "lazy_connect",
            required = false,
            type = AttributeType.BOOLEAN,
            description =
                    "Whether servers are connected when the session first needs them, instead of at its start; needs the history")
    String lazy__connect() default "false";

    @AttributeDefinition(
            name = "weightby",
            required = false,
            description = "Name of the server parameter by whose values reads are shared out; empty: equal shares")
    String weightby() default "";

    @AttributeDefinition(
            name = "retry_failed_reads",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether a read outside a transaction is repeated on another server when its server is lost")
    String retry__failed__reads() default "true";

    @AttributeDefinition(
            name = "delayed_retry",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether a statement waits for a server when there is none that it could be sent to")
    String delayed__retry() default "false";

    @AttributeDefinition(
            name = "delayed_retry_timeout",
            required = false,
            description = "How long it waits, duration (bare number: seconds)")
    String delayed__retry__timeout() default "10s";

    @AttributeDefinition(
            name = "disable_sescmd_history",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether statements that change the session are forgotten; no server is connected later then")
    String disable__sescmd__history() default "false";

    @AttributeDefinition(
            name = "max_sescmd_history",
            required = false,
            description = "Most statements that are kept to be repeated on servers connected later; 0: 100000")
    String max__sescmd__history() default "50";

    @AttributeDefinition(
            name = "prune_sescmd_history",
            required = false,
            type = AttributeType.BOOLEAN,
            description =
                    "Whether those leave beyond that which later ones have overwritten; where more are in force no server is connected later")
    String prune__sescmd__history() default "true";

    @AttributeDefinition(
            name = "strict_multi_stmt",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether a session stays with the master after several statements in one, or a block")
    String strict__multi__stmt() default "false";

    @AttributeDefinition(
            name = "strict_sp_calls",
            required = false,
            type = AttributeType.BOOLEAN,
            description = "Whether a session stays with the master after a CALL")
    String strict__sp__calls() default "false";

    @AttributeDefinition(
            name = "strict_tmp_tables",
            required = false,
            description = "Accepted, without effect: a session with temporary tables never changes its master")
    String strict__tmp__tables() default "true";

    @AttributeDefinition(
            name = "reuse_prepared_statements",
            required = false,
            description = "Accepted, without effect: each prepare is sent to the servers")
    String reuse__prepared__statements() default "false";

    @AttributeDefinition(
            name = "transaction_replay",
            required = false,
            description = "Accepted, without effect: transactions that are lost with their server are not repeated")
    String transaction__replay() default "false";

    @AttributeDefinition(
            name = "transaction_replay_max_size",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__max__size() default "1Mi";

    @AttributeDefinition(
            name = "transaction_replay_attempts",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__attempts() default "5";

    @AttributeDefinition(
            name = "transaction_replay_timeout",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__timeout() default "30s";

    @AttributeDefinition(
            name = "transaction_replay_retry_on_deadlock",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__retry__on__deadlock() default "false";

    @AttributeDefinition(
            name = "transaction_replay_retry_on_mismatch",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__retry__on__mismatch() default "false";

    @AttributeDefinition(
            name = "transaction_replay_safe_commit",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__safe__commit() default "true";

    @AttributeDefinition(
            name = "transaction_replay_checksum",
            required = false,
            description = "Accepted, without effect: see transaction_replay")
    String transaction__replay__checksum() default "full";

    @AttributeDefinition(
            name = "optimistic_trx",
            required = false,
            description = "Accepted, without effect: transactions begin on the master")
    String optimistic__trx() default "false";

    @AttributeDefinition(
            name = "causal_reads",
            required = false,
            description = "Accepted, without effect: reads do not wait for replication")
    String causal__reads() default "none";

    @AttributeDefinition(
            name = "causal_reads_timeout",
            required = false,
            description = "Accepted, without effect: see causal_reads")
    String causal__reads__timeout() default "10s";
}
