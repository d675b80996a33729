package org.penstock.monitor.mysqlmon;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which statements a server understands, by its version string. */
enum ServerFlavour {
    /** MariaDB from 10.0: several replication connections, GTIDs with domains. */
    MARIADB(
            "SHOW ALL SLAVES STATUS",
            "SELECT @@global.gtid_current_pos AS gtid_current_pos, @@global.gtid_binlog_pos AS gtid_binlog_pos"),
    /** MySQL from 8.0.22. */
    MYSQL_8("SHOW REPLICA STATUS", "SELECT @@global.gtid_executed AS gtid_executed"),
    /** MySQL and MariaDB from 5.5. */
    CLASSIC("SHOW SLAVE STATUS", ""),
    /** Before 5.5: the status of a replica does not name its primary's id. */
    OLD("SHOW SLAVE STATUS", "");

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");
    private static final String REPLICATION_PREFIX = "5.5.5-";
    private static final int MYSQL_8_REPLICA_WORDS = version(8, 0, 22);

    private final String replicaStatus;
    private final String gtids;

    ServerFlavour(String replicaStatus, String gtids) {
        this.replicaStatus = replicaStatus;
        this.gtids = gtids;
    }

    /** The statement that lists replication connections. */
    String replicaStatus() {
        return replicaStatus;
    }

    /** The statement that reads GTID positions, empty for none. */
    String gtids() {
        return gtids;
    }

    static ServerFlavour of(String versionString) {
        String text = versionString.startsWith(REPLICATION_PREFIX)
                ? versionString.substring(REPLICATION_PREFIX.length())
                : versionString;
        Matcher matcher = VERSION.matcher(text);
        if (!matcher.find()) {
            return CLASSIC;
        }
        int number = version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        if (text.toLowerCase(Locale.ROOT).contains("mariadb") && number >= version(10, 0, 0)) {
            return MARIADB;
        }
        if (number >= MYSQL_8_REPLICA_WORDS && number < version(10, 0, 0)) {
            return MYSQL_8;
        }
        return number >= version(5, 5, 0) ? CLASSIC : OLD;
    }

    private static int version(int major, int minor, int patch) {
        return major * 10_000 + minor * 100 + patch;
    }
}
