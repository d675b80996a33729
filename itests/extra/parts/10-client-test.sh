#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# mariadb-client-test, the suite of the server project's C client, gives the same through Penstock as directly, test by test: plain, over TLS, compressed.
# packages: mariadb-test
# seconds: 900
# Each test is a run of its own, so that one that dies does not hide others. A test that fails is told by the line of its source where it does: one that
# fails at the server too says how far it came. Each of the two rounds has a new server: tests leave things behind; both
# go at the same time. With TLS and compression client and server side of Penstock have it. CLIENT_TEST_MODES names some of the modes instead of all,
# CLIENT_TEST_NAMES some of the tests.
. "$EXTRA_HOME/suites/compare.sh"

# What mysql-test-run gives the server for this test.
options=(--sql-mode= --character-set-server=latin1 --log-bin-trust-function-creators=1 --performance-schema --max-allowed-packet=32000000
    --proxy-protocol-networks=* --general-log --log-output=FILE,TABLE --query-cache-size=0 --plugin-maturity=unknown)
mapfile -t names < <(mariadb-client-test --no-defaults --show-tests 2>/dev/null | grep -E '^(test|client)_[A-Za-z0-9_]+$')
[ "${#names[@]}" -gt 200 ] || fatal "the names of the tests: ${#names[@]}"
least=250
[ -z "${CLIENT_TEST_NAMES:-}" ] || { read -ra names <<<"$CLIENT_TEST_NAMES" && least=0; }

# Prints the client's --host in a mode: with a semicolon it is a connection string, the only way to give this program further options.
host_of() {
    case $1 in
        plain) echo 127.0.0.1 ;;
        tls) echo "host=127.0.0.1;ssl-enforce=1;ssl-verify-server-cert=1;ssl-ca=$PWD/ca.crt" ;;
        compressed) echo 'host=127.0.0.1;compress=1' ;;
    esac
}

# round NAME PORT HOST
round() {
    local name host status
    mkdir -p "$1.var/tmp" "$1.var/log"
    for name in "${names[@]}"; do
        host=$3
        # These make accounts at HOST: what stands in a connection string is a comment to the server, and the first key and the last nothing to the client.
        case $name:$host in
            test_prepare_grant:*\;* | test_bug13001491:*\;*) host="'%'/*=;$host;x=*/" ;;
        esac
        MYSQL_TMP_DIR="$PWD/$1.var/tmp" timeout 60 mariadb-client-test --no-defaults --host="$host" --port="$2" --user=root \
            --vardir="$PWD/$1.var" --basedir=/usr "$name" >"$1.var/$name.out" 2>&1 </dev/null
        status=$?
        [ $status -eq 0 ] || status+=$(sed -n 's/.*mysql_client_test\.c:\([0-9]*\): check failed.*/:\1/p' "$1.var/$name.out" | head -n 1)
        printf '%s %s\n' "$name" "$status" >>"$1.results"
    done
}

# server NAME
server() {
    start_mariadb "$1" --general-log-file="$PWD/$1/general.log" "${options[@]}"
    root_sql "$1" "CREATE USER root@'%'; GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION" || fatal "the accounts of $1"
}

# configuration MODE SERVER PORT
configuration() {
    local to_server=() of_listener=()
    case $1 in
        tls)
            mapfile -t to_server < <(tls_to_server)
            mapfile -t of_listener < <(tls_of "$2")
            ;;
        compressed) to_server=(compression=true) ;;
    esac
    server_section "$2" proxy_protocol=true ${to_server[@]+"${to_server[@]}"}
    monitor_section "$2" 2s
    service_section Service "$2" enable_root_user=true
    listener_section Listener Service "$3" 'proxy_protocol_networks=*' ${of_listener[@]+"${of_listener[@]}"}
}

# A session is what the mode says on both sides: the server's view of it, and the client's.
mode_holds() {
    local mode=$1 port=$2 options=(--skip-ssl) of_server of_client
    [ "$mode" != tls ] || options=(--ssl-ca=ca.crt --ssl-verify-server-cert)
    [ "$mode" != compressed ] || options+=(--compress)
    of_server=$(account_client "$port" tester secret "${options[@]}" -e "SHOW STATUS WHERE Variable_name IN ('Ssl_version', 'Compression')" 2>&1 | paste -sd' ')
    of_client=$(account_client "$port" tester secret "${options[@]}" -e '\s' 2>&1 | grep -E '^(SSL|Protocol):' | tr -s '\t' ' ' | paste -sd' ')
    case $mode in
        plain) same "$mode: both sides" $'Compression\tOFF Ssl_version\t|SSL: Not in use' "$of_server|$of_client" ;;
        tls) contains "$mode: to the server" $'Ssl_version\tTLSv1.3' "$of_server" && contains "$mode: to the client" 'SSL: Cipher in use' "$of_client" ;;
        compressed) contains "$mode: to the server" $'Compression\tON' "$of_server" && contains "$mode: to the client" 'Protocol: Compressed' "$of_client" ;;
    esac
}

# compare MODE
compare() {
    local mode=$1 host port name passed direct=direct_$1 through=through_$1 direct_port direct_pid through_pid round_pid
    server "$direct"
    server "$through"
    direct_port=${direct}_PORT direct_pid=${direct}_PID through_pid=${through}_PID
    port=$(free_port)
    configuration "$mode" "$through" "$port" >"$mode.cnf"
    start_penstock "$mode.cnf" "penstock-$mode"
    host=$(host_of "$mode")
    mode_holds "$mode" "$port"
    round "$direct" "${!direct_port}" "$host" &
    round_pid=$!
    round "$through" "$port" "$host"
    wait "$round_pid"
    passed=$(grep -c ' 0$' "$direct.results")
    [ "$passed" -gt "$least" ] && ok "$mode: directly $passed of ${#names[@]} pass" || failed "$mode: directly $passed of ${#names[@]} pass"
    compare_results "mariadb-client-test, $mode" "$direct.results" "$through.results" "$EXTRA_HOME/suites/client-test.expected"
    while read -r name _; do
        printf -- '-- %s\n' "$name"
        tail -n 5 "$direct.var/$name.out" "$through.var/$name.out" | cut -c 1-200
    done <"$direct.results.differences"
    penstock_is_clean
    end_process "$PENSTOCK_PID"
    end_process "${!direct_pid}"
    end_process "${!through_pid}"
}

for mode in ${CLIENT_TEST_MODES:-plain tls compressed}; do
    compare "$mode"
done
