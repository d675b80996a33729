package org.penstock.protocol.mariadb;

/** The version string of a greeting. MariaDB 10 puts 5.5.5- in front, by which replicas of MySQL and old clients recognise it; 11 and MySQL do not. */
final class GreetingVersion {
    static final String PREFIX = "5.5.5-";

    private GreetingVersion() {}

    static String onWire(String version) {
        String text = version.replace("\0", "");
        return text.startsWith("10.") ? PREFIX + text : text;
    }
}
