package org.penstock.router.readwritesplit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.penstock.api.router.CoreServices;
import org.penstock.api.value.ConfigurationException;
import org.penstock.api.value.Durations;
import org.penstock.api.value.Texts;

/**
 * The checked parameters of one instance.
 *
 * @param targets what kind of target a statement has
 * @param reads which replica gets a read
 * @param primary which primary a session has, and what happens without one
 * @param links which servers a session is connected to
 * @param retries what happens to statements that found no server, or lost it
 * @param core what the core keeps for each session
 */
record ReadWriteSplitSettings(
        TargetRules targets,
        ReadRules reads,
        PrimaryRules primary,
        LinkRules links,
        RetryRules retries,
        CoreServices core) {

    /** No limit of the replication lag. */
    static final long ANY_LAG = Long.MAX_VALUE;

    private static final long MOST_SECONDS = Integer.MAX_VALUE;

    /**
     * @param variables where user variables are read and set within SELECT
     * @param pinsAfterSeveral whether a session stays with the primary after several statements in one
     * @param pinsAfterCall whether it does after CALL
     */
    record TargetRules(VariablePlace variables, boolean pinsAfterSeveral, boolean pinsAfterCall) {}

    /**
     * @param criterion what the choice goes by
     * @param onPrimary whether the primary takes part in it
     * @param lagBelow replicas whose lag is not below this many seconds, or not known, get no reads
     * @param weightBy name of the server parameter with the weights, empty for none
     */
    record ReadRules(Criterion criterion, boolean onPrimary, long lagBelow, String weightBy) {}

    /**
     * @param failure what becomes of a session without a primary
     * @param mayChange whether a session may connect to a primary after its start
     */
    record PrimaryRules(FailureMode failure, boolean mayChange) {}

    /**
     * @param lazy whether nothing is connected at the start
     * @param first replicas that are connected at the start
     * @param most replicas that may be connected
     */
    record LinkRules(boolean lazy, int first, ReplicaLimit most) {}

    /**
     * @param reads whether a read whose server was lost goes to another one
     * @param patience how long a statement waits for a server, zero for not at all
     */
    record RetryRules(boolean reads, Duration patience) {}

    static ReadWriteSplitSettings of(ReadWriteSplitConfig config) {
        Parameters from = new Parameters(config.router__options());
        boolean history = !from.bool("disable_sescmd_history", config.disable__sescmd__history());
        ReadWriteSplitSettings settings = new ReadWriteSplitSettings(
                new TargetRules(
                        from.word("use_sql_variables_in", config.use__sql__variables__in(), VariablePlace.class),
                        from.bool("strict_multi_stmt", config.strict__multi__stmt()),
                        from.bool("strict_sp_calls", config.strict__sp__calls())),
                new ReadRules(
                        from.word("slave_selection_criteria", config.slave__selection__criteria(), Criterion.class),
                        from.bool("master_accept_reads", config.master__accept__reads()),
                        lagBelow(config, from),
                        from.read("weightby", config.weightby(), String::strip)),
                new PrimaryRules(
                        from.word("master_failure_mode", config.master__failure__mode(), FailureMode.class),
                        from.bool("master_reconnection", config.master__reconnection()) && history),
                new LinkRules(
                        from.bool("lazy_connect", config.lazy__connect()) && history,
                        from.read("slave_connections", config.slave__connections(), Texts::count),
                        from.read("max_slave_connections", config.max__slave__connections(), ReplicaLimit::parse)),
                retries(config, from),
                core(config, from, history));
        from.read("strict_tmp_tables", config.strict__tmp__tables(), Texts::bool);
        from.requireAllRead();
        return settings;
    }

    private static RetryRules retries(ReadWriteSplitConfig config, Parameters from) {
        Duration wait = from.read(
                "delayed_retry_timeout", config.delayed__retry__timeout(), ReadWriteSplitSettings::notNegative);
        return new RetryRules(
                from.bool("retry_failed_reads", config.retry__failed__reads()),
                from.bool("delayed_retry", config.delayed__retry()) ? wait : Duration.ZERO);
    }

    private static CoreServices core(ReadWriteSplitConfig config, Parameters from, boolean history) {
        int most = from.read("max_sescmd_history", config.max__sescmd__history(), text ->
                (int) Texts.integer(text, 0, CoreServices.MAX_HISTORY));
        boolean prunes = from.bool("prune_sescmd_history", config.prune__sescmd__history());
        return new CoreServices(true, history ? most == 0 ? CoreServices.MAX_HISTORY : most : 0, prunes, true);
    }

    private static long lagBelow(ReadWriteSplitConfig config, Parameters from) {
        long older = from.read(
                "max_slave_replication_lag", config.max__slave__replication__lag(), ReadWriteSplitSettings::olderLag);
        Duration limit =
                from.read("max_replication_lag", config.max__replication__lag(), ReadWriteSplitSettings::notNegative);
        return limit.isZero() ? older : seconds(limit);
    }

    /** A bare number is the most lag of 2.1, minus one for any; a duration is the lag that is too much. */
    private static long olderLag(String text) {
        String written = text.strip();
        if (written.isEmpty()) {
            return ANY_LAG;
        }
        if (!Character.isDigit(written.charAt(written.length() - 1))) {
            Duration limit = notNegative(written);
            return limit.isZero() ? ANY_LAG : seconds(limit);
        }
        long most = Texts.integer(written, -1, MOST_SECONDS);
        return most < 0 ? ANY_LAG : most + 1;
    }

    private static long seconds(Duration limit) {
        return limit.toSeconds() + (limit.toMillisPart() > 0 ? 1 : 0);
    }

    private static Duration notNegative(String text) {
        Duration duration = Durations.parse(text, ChronoUnit.SECONDS);
        if (duration.isNegative()) {
            throw new ConfigurationException(text, "0s or more");
        }
        return duration;
    }
}
