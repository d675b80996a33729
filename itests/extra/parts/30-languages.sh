#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# Clients in C, Python, PHP, Perl and JavaScript get the same answers through Penstock as from the server.
# packages: gcc libc6-dev libmariadb-dev python3-minimal python3-pymysql php-cli php-mysql libdbd-mariadb-perl node:nodejs npm:npm
# seconds: 400
readonly mysql2=3.11.5
clients=$EXTRA_HOME/clients

# The npm package is kept between runs.
modules=${XDG_CACHE_HOME:-$HOME/.cache}/penstock/npm/mysql2-$mysql2
if [ ! -f "$modules/complete" ]; then
    mkdir -p "$modules"
    timeout 120 npm install --prefix "$modules" --no-audit --no-fund --ignore-scripts "mysql2@$mysql2" >npm.log 2>&1 </dev/null &&
        touch "$modules/complete" || fatal "npm installs mysql2 $mysql2"
fi
export NODE_MODULES=$modules/node_modules PYTHONDONTWRITEBYTECODE=1
# shellcheck disable=SC2046 # words
gcc -O1 -Wall -Werror -o client-c "$clients/client.c" $(mariadb_config --include) $(mariadb_config --libs) >gcc.log 2>&1 || fatal 'the program in C compiles'

start_mariadb db --max-allowed-packet=64M
certificate listener
plain=$(free_port)
tls=$(free_port)
mapfile -t to_server < <(tls_to_server)
mapfile -t of_listener < <(tls_of listener)
{
    server_section db
    printf '[secure]\ntype=server\naddress=127.0.0.1\nport=%s\n' "$db_PORT"
    printf '%s\n' "${to_server[@]}" ''
    monitor_section db,secure
    service_section Service db
    service_section Secure secure
    listener_section Plain Service "$plain"
    listener_section Tls Secure "$tls" "${of_listener[@]}"
} >penstock.cnf
start_penstock penstock.cnf

# program LANGUAGE PORT CA: what it prints
program() {
    local language=$1
    shift
    case $language in
        c) set -- ./client-c 127.0.0.1 "$1" tester secret test "$2" "$3" ;;
        python) set -- /usr/bin/python3 "$clients/client.py" 127.0.0.1 "$1" tester secret test "$2" "$3" ;;
        php) set -- php -d mysqli.allow_local_infile=1 "$clients/client.php" 127.0.0.1 "$1" tester secret test "$2" "$3" ;;
        perl) set -- /usr/bin/perl "$clients/client.pl" 127.0.0.1 "$1" tester secret test "$2" "$3" ;;
        javascript) set -- node --no-deprecation "$clients/client.mjs" 127.0.0.1 "$1" tester secret test "$2" "$3" ;;
    esac
    timeout 60 "$@" 2>&1
}

# compare LANGUAGE HOW PORT CA
compare() {
    local language=$1 how=$2 port=$3 ca=$4
    program "$language" "$db_PORT" "$ca" direct >"$language-$how.direct"
    program "$language" "$port" "$ca" through >"$language-$how.through"
    if [ "$(tail -n 1 "$language-$how.direct")" != 'done' ]; then
        failed "$language, $how" "$(tail -n 5 "$language-$how.direct")"
    elif cmp -s "$language-$how.direct" "$language-$how.through"; then
        ok "$language, $how ($(wc -l <"$language-$how.direct") lines)"
    else
        failed "$language, $how" "$(diff "$language-$how.direct" "$language-$how.through")"
    fi
}

for language in c python php perl javascript; do
    compare "$language" plain "$plain" -
    compare "$language" 'TLS on both sides' "$tls" "$PWD/ca.crt"
done
penstock_is_clean
