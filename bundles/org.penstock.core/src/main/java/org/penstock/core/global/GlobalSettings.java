package org.penstock.core.global;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The settings of the process that the rooms of the core read.
 *
 * @param threads event loops
 * @param backgroundThreads threads for work of modules that may block
 * @param collectLimit most bytes that all sessions together keep back for modules
 * @param highWater bytes waiting for a peer above which nothing more is read for it
 * @param lowWater bytes waiting for a peer below which reading goes on
 * @param localAddress source address of connections to servers; empty for the system's choice
 * @param resolveNames whether addresses of clients may be resolved to names
 * @param maxAuthErrors refused logins in a row after which an address is blocked; 0 for never
 * @param accounts how accounts are read
 */
public record GlobalSettings(
        int threads,
        int backgroundThreads,
        long collectLimit,
        int highWater,
        int lowWater,
        String localAddress,
        boolean resolveNames,
        int maxAuthErrors,
        Accounts accounts) {
    /** Most event loops. */
    public static final int MAX_THREADS = 256;

    /** Largest water mark. */
    public static final int MAX_WATER = 1 << 30;

    private static final int DEFAULT_HIGH_WATER = 64 * 1024;

    /**
     * How accounts are read from servers.
     *
     * @param connectTimeout for the connection, login included
     * @param readTimeout for each question
     * @param retries how often a load is tried again after a lost connection
     * @param retryTimeout for all tries together
     * @param refreshTime shortest time between two loads for unknown users; negative for none
     * @param refreshInterval time between loads without a cause; zero for none
     * @param checkGrants whether grants that accounts of services and monitors lack are reported
     */
    public record Accounts(
            Duration connectTimeout,
            Duration readTimeout,
            int retries,
            Duration retryTimeout,
            Duration refreshTime,
            Duration refreshInterval,
            boolean checkGrants) {
        /** Shortest refresh time. */
        public static final Duration MIN_REFRESH_TIME = Duration.ofSeconds(10);

        public Accounts {
            if (!refreshTime.isNegative() && refreshTime.compareTo(MIN_REFRESH_TIME) < 0) {
                refreshTime = MIN_REFRESH_TIME;
            }
        }
    }

    public GlobalSettings {
        between("threads", threads, 1, MAX_THREADS);
        between("background_threads", backgroundThreads, 1, MAX_THREADS);
        between("writeq_high_water", highWater, 1, MAX_WATER);
        between("writeq_low_water", lowWater, 0, highWater);
        if (!localAddress.isEmpty() && IpLiteral.parse(localAddress) == null) {
            throw new IllegalArgumentException("local_address: expected an IP address, got '" + localAddress + "'");
        }
        between("max_auth_errors_until_block", maxAuthErrors, 0, Integer.MAX_VALUE);
    }

    /** @throws IllegalArgumentException that names the key of a bad value */
    static GlobalSettings of(GlobalConfig config) {
        return new GlobalSettings(
                threads(config),
                config.background__threads(),
                SectionText.bytes("module_collect_limit", config.module__collect__limit()),
                highWater(config),
                water("writeq_low_water", config.writeq__low__water()),
                config.local__address(),
                !config.skip__name__resolve(),
                config.max__auth__errors__until__block(),
                accounts(config));
    }

    private static int threads(GlobalConfig config) {
        String text = config.threads().trim();
        if (text.equalsIgnoreCase("auto")) {
            int processors = Runtime.getRuntime().availableProcessors();
            return Math.max(1, Math.min(processors, config.threads__max()));
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("threads: expected a number or auto, got '" + text + "'", e);
        }
    }

    private static int highWater(GlobalConfig config) {
        int mark = water("writeq_high_water", config.writeq__high__water());
        return mark == 0 ? DEFAULT_HIGH_WATER : mark;
    }

    private static int water(String key, String text) {
        return (int) Math.min(SectionText.bytes(key, text), Integer.MAX_VALUE);
    }

    private static Accounts accounts(GlobalConfig config) {
        return new Accounts(
                seconds("auth_connect_timeout", config.auth__connect__timeout()),
                seconds("auth_read_timeout", config.auth__read__timeout()),
                config.query__retries(),
                seconds("query_retry_timeout", config.query__retry__timeout()),
                seconds("users_refresh_time", config.users__refresh__time()),
                seconds("users_refresh_interval", config.users__refresh__interval()),
                !config.skip__permission__checks());
    }

    private static Duration seconds(String key, String text) {
        return SectionText.duration(key, text, ChronoUnit.SECONDS);
    }

    private static void between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": expected " + least + " to " + most + ", got " + value);
        }
    }
}
