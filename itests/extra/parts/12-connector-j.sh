#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# The integration tests of MariaDB Connector/J give the same through Penstock as directly, test by test: plain, over TLS, compressed.
# packages: mvn:maven
# argument: CONNECTOR_J
# seconds: 7200
# Both rounds of a mode go at the same time, each with a server of its own. Some tests give a connection 50 ms: a busy machine fails them.
# CONNECTOR_J is a checkout of github.com/mariadb-corporation/mariadb-connector-j at a release that Maven builds here; 3.5.7 was tried. It is copied, not
# written to. With TLS and compression client and server side of Penstock have it. CONNECTOR_J_MODES names some of the modes instead of all,
# CONNECTOR_J_TESTS some classes, CONNECTOR_J_OPTIONS is appended to the driver's URL (such as &useServerPrepStmts=true).
. "$EXTRA_HOME/suites/compare.sh"

cp -r "$CONNECTOR_J" connector && rm -rf connector/target connector/.git || fatal "a copy of $CONNECTOR_J"
maven=(mvn -q -B -f connector/pom.xml -P java11)
succeeds 'the driver and its tests compile' timeout 600 "${maven[@]}" -DskipTests test-compile \
    org.apache.maven.plugins:maven-dependency-plugin:3.6.1:build-classpath -Dmdep.outputFile="$PWD/classpath" -Dmdep.includeScope=test
succeeds 'the console of JUnit is there' timeout 300 "${maven[@]}" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy \
    -Dartifact=org.junit.platform:junit-platform-console-standalone:1.14.1 -DoutputDirectory="$PWD"
console=$PWD/junit-platform-console-standalone-1.14.1.jar
classpath=target/test-classes:target/classes:$(tr ':' '\n' <classpath | grep -v -E '/(junit-jupiter|junit-platform|opentest4j|apiguardian)-' | paste -sd:)

# What a mode appends to the driver's URL.
url_options() {
    case $1 in
        tls) echo "&sslMode=verify-full&serverSslCert=$PWD/ca.crt" ;;
        compressed) echo '&useCompression=true' ;;
    esac
}

# round NAME PORT URL-OPTIONS: NAME.results has a line for each test.
round() {
    local name selectors=()
    for name in ${CONNECTOR_J_TESTS:-}; do
        selectors+=("--select-class=org.mariadb.jdbc.integration.$name")
    done
    [ ${#selectors[@]} -gt 0 ] || selectors=(--select-package=org.mariadb.jdbc.integration)
    (cd connector && timeout 3000 env TEST_DB_HOST=localhost TEST_DB_PORT="$2" TEST_DB_USER=suite 'TEST_DB_PASSWORD=Suite!Passw0rd' \
        TEST_DB_DATABASE=testj TEST_DB_OTHER="$3${CONNECTOR_J_OPTIONS:-}" LOCAL_DB=container TEST_DB_SERVER_CA_CERT="$PART_WORK/ca.crt" \
        'someP@ssword=someP@ssword' 'someOtherP@ssword=someOtherP@ssword' java -Xmx1g -Duser.timezone=UTC -cp "$classpath:$console" \
        org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors --details=none \
        --include-classname='.*Test' --reports-dir="../$1.reports" "${selectors[@]}") >"$1.out" 2>&1 </dev/null
    perl -0ne 'while (/<testcase name="([^"]*)" classname="(?:[^"]*\.)?([^".]*)"[^>]*?(\/>|>.*?<\/testcase>)/sg) {
            my ($name, $class, $body) = ($1, $2, $3);
            my $result = $body =~ /<(failure|error)\b/ ? "failed" : $body =~ /<skipped\b/ ? "skipped" : "ok";
            $name =~ s/\(\)$//; $name =~ s/\s+/_/g;
            print "$class.$name $result\n";
        }' "$1.reports"/TEST-junit-jupiter.xml >"$1.results"
    [ "$(grep -c ' ok$' "$1.results")" -gt 0 ] || fatal "the tests run ($1)" "$(tail -n 20 "$1.out")"
}

# server NAME MODE: without TLS the tests for TLS are skipped, by both rounds.
server() {
    local options=()
    [ "$2" = tls ] || options=(--skip-ssl)
    start_mariadb "$1" --max-allowed-packet=64M ${options[@]+"${options[@]}"}
    root_sql "$1" "CREATE USER suite@'%' IDENTIFIED BY 'Suite!Passw0rd'; GRANT ALL ON *.* TO suite@'%' WITH GRANT OPTION; CREATE DATABASE testj" ||
        fatal "the accounts of $1"
}

# configuration MODE SERVER PORT
configuration() {
    local to_server=() of_listener=()
    case $1 in
        tls)
            mapfile -t to_server < <(tls_to_server)
            # As at a server both kinds of clients come to one port, and it shows the server's certificate.
            mapfile -t of_listener < <(tls_of "$2" | sed 's/^ssl=.*/ssl=optional/')
            ;;
        compressed) to_server=(compression=true) ;;
    esac
    server_section "$2" ${to_server[@]+"${to_server[@]}"}
    monitor_section "$2" 2s
    service_section Service "$2"
    listener_section Listener Service "$3" "user_mapping_file=$PWD/users.json" ${of_listener[@]+"${of_listener[@]}"}
}

# compare MODE
compare() {
    local mode=$1 port options expected direct=direct_$1 through=through_$1 direct_port direct_pid through_pid round_pid
    direct_port=${direct}_PORT direct_pid=${direct}_PID through_pid=${through}_PID
    server "$direct" "$mode"
    server "$through" "$mode"
    port=$(free_port)
    configuration "$mode" "$through" "$port" >"$mode.cnf"
    # Every buffer is watched in the other parts; here that would take more time than some tests give.
    JAVA_OPTS=-Dio.netty.leakDetection.level=advanced start_penstock "$mode.cnf" "penstock-$mode"
    options=$(url_options "$mode")
    round "$direct" "${!direct_port}" "$options" &
    round_pid=$!
    round "$through" "$port" "$options"
    wait "$round_pid"
    ok "$mode: directly $(cut -d' ' -f2 "$direct.results" | sort | uniq -c | paste -sd, | tr -s ' ')"
    expected=$EXTRA_HOME/suites/connector-j-$mode.expected
    [ -f "$expected" ] || expected=$EXTRA_HOME/suites/connector-j.expected
    compare_results "MariaDB Connector/J, $mode" "$direct.results" "$through.results" "$expected"
    penstock_is_clean
    end_process "$PENSTOCK_PID"
    end_process "${!direct_pid}"
    end_process "${!through_pid}"
}

# What an operator configures for accounts of ed25519, whose proofs cannot be passed on; the tests have one.
cat >users.json <<'JSON'
{"user_map": [{"original_user": "verificationEd25519AuthPlugin", "mapped_user": "verificationEd25519AuthPlugin"}],
 "server_credentials": [{"mapped_user": "verificationEd25519AuthPlugin", "password": "MySup8%rPassw@ord", "plugin": "ed25519"}]}
JSON
chmod 600 users.json

for mode in ${CONNECTOR_J_MODES:-plain tls compressed}; do
    compare "$mode"
done
