#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# The integration tests of MariaDB Connector/J give the same through Penstock as directly, test by test.
# packages: mvn:maven
# argument: CONNECTOR_J
# seconds: 2400
# CONNECTOR_J is a checkout of github.com/mariadb-corporation/mariadb-connector-j at a release that Maven builds here; 3.5.7 was tried. It is copied, not
# written to. CONNECTOR_J_OPTIONS is appended to the driver's URL (such as &useCompression=true), CONNECTOR_J_TESTS names one class instead of all.
. "$EXTRA_HOME/suites/compare.sh"

cp -r "$CONNECTOR_J" connector && rm -rf connector/target connector/.git || fatal "a copy of $CONNECTOR_J"
maven=(mvn -q -B -f connector/pom.xml -P java11)
succeeds 'the driver and its tests compile' timeout 600 "${maven[@]}" -DskipTests test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath -Dmdep.outputFile="$PWD/classpath" -Dmdep.includeScope=test
succeeds 'the console of JUnit is there' timeout 300 "${maven[@]}" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    -Dartifact=org.junit.platform:junit-platform-console-standalone:1.14.1 -DoutputDirectory="$PWD"
console=$PWD/junit-platform-console-standalone-1.14.1.jar
classpath=target/test-classes:target/classes:$(tr ':' '\n' <classpath | grep -v -E '/(junit-jupiter|junit-platform|opentest4j|apiguardian)-' | paste -sd:)

# round NAME PORT: NAME.results has a line for each test.
round() {
    local selector=--select-package=org.mariadb.jdbc.integration
    [ -z "${CONNECTOR_J_TESTS:-}" ] || selector=--select-class=org.mariadb.jdbc.integration.$CONNECTOR_J_TESTS
    (cd connector && timeout 900 env TEST_DB_HOST=127.0.0.1 TEST_DB_PORT="$2" TEST_DB_USER=suite 'TEST_DB_PASSWORD=Suite!Passw0rd' \
        TEST_DB_DATABASE=testj TEST_DB_OTHER="${CONNECTOR_J_OPTIONS:-}" LOCAL_DB=container 'someP@ssword=someP@ssword' \
        'someOtherP@ssword=someOtherP@ssword' java -Xmx1g -Duser.timezone=UTC -cp "$classpath:$console" \
        org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=none \
        --include-classname='.*Test' --reports-dir="../$1.reports" "$selector") >"$1.out" 2>&1 </dev/null
    perl -0ne 'while (/<testcase name="([^"]*)" classname="(?:[^"]*\.)?([^".]*)"[^>]*?(\/>|>.*?<\/testcase>)/sg) {
            my ($name, $class, $body) = ($1, $2, $3);
            my $result = $body =~ /<(failure|error)\b/ ? "failed" : $body =~ /<skipped\b/ ? "skipped" : "ok";
            $name =~ s/\(\)$//; $name =~ s/\s+/_/g;
            print "$class.$name $result\n";
        }' "$1.reports"/TEST-junit-jupiter.xml >"$1.results"
    [ "$(grep -c ' ok$' "$1.results")" -gt 0 ] || fatal "the tests run ($1)" "$(tail -n 20 "$1.out")"
}

# server NAME
server() {
    start_mariadb "$1" --max-allowed-packet=64M
    root_sql "$1" "CREATE USER suite@'%' IDENTIFIED BY 'Suite!Passw0rd'; GRANT ALL ON *.* TO suite@'%' WITH GRANT OPTION; CREATE DATABASE testj" ||
        fatal "the accounts of $1"
}

server direct
round direct "$direct_PORT"
end_process "$direct_PID"
ok "directly $(cut -d' ' -f2 direct.results | sort | uniq -c | paste -sd, | tr -s ' ')"

server db
port=$(free_port)
{
    server_section db
    monitor_section db
    service_section Service db
    listener_section Listener Service "$port"
} >penstock.cnf
start_penstock penstock.cnf
until_true 20 client "$port" -e 'SELECT 1' || fatal 'the service serves'
round db "$port"
compare_results 'MariaDB Connector/J' direct.results db.results "$EXTRA_HOME/suites/connector-j.expected"
penstock_is_clean
