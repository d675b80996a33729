#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# mariadb-client-test, the suite of the server project's C client, gives the same through Penstock as directly, test by test.
# packages: mariadb-test
# seconds: 600
# Each test is a run of its own, so that one that dies does not hide others. Each of the two rounds has a new server: tests leave things behind.
. "$EXTRA_HOME/suites/compare.sh"

# What mysql-test-run gives the server for this test.
options=(--sql-mode= --character-set-server=latin1 --log-bin-trust-function-creators=1 --performance-schema --max-allowed-packet=32000000
    --proxy-protocol-networks=* --general-log --log-output=FILE,TABLE --query-cache-size=0 --plugin-maturity=unknown)
mapfile -t names < <(mariadb-client-test --no-defaults --show-tests 2>/dev/null | grep -E '^(test|client)_[A-Za-z0-9_]+$')
[ "${#names[@]}" -gt 200 ] || fatal "the names of the tests: ${#names[@]}"

# round NAME PORT
round() {
    local name
    mkdir -p "$1.var/tmp" "$1.var/log"
    for name in "${names[@]}"; do
        MYSQL_TMP_DIR="$PWD/$1.var/tmp" timeout 60 mariadb-client-test --no-defaults --host=127.0.0.1 --port="$2" --user=root \
            --vardir="$PWD/$1.var" --basedir=/usr "$name" >"$1.var/$name.out" 2>&1 </dev/null
        printf '%s %s\n' "$name" $? >>"$1.results"
    done
}

# server NAME
server() {
    start_mariadb "$1" --general-log-file="$PWD/$1/general.log" "${options[@]}"
    root_sql "$1" "CREATE USER root@'%'; GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION" || fatal "the accounts of $1"
}

server direct
round direct "$direct_PORT"
end_process "$direct_PID"
passed=$(grep -c ' 0$' direct.results)
[ "$passed" -gt 250 ] && ok "directly $passed of ${#names[@]} pass" || failed "directly $passed of ${#names[@]} pass"

server db
port=$(free_port)
{
    server_section db proxy_protocol=true
    monitor_section db
    service_section Service db enable_root_user=true
    listener_section Listener Service "$port" 'proxy_protocol_networks=*'
} >penstock.cnf
start_penstock penstock.cnf
until_true 20 client "$port" -e 'SELECT 1' || fatal 'the service serves'
round db "$port"
compare_results mariadb-client-test direct.results db.results "$EXTRA_HOME/suites/client-test.expected"
while read -r name _; do
    printf -- '-- %s\n' "$name"
    tail -n 5 "db.var/$name.out" | cut -c 1-200
done <direct.results.differences
penstock_is_clean
