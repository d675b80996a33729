#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015,SC1091
# Accounts of a real MySQL 8 log in through Penstock: caching_sha2_password by both ways, with and without TLS, sha256_password and native ones.
# packages: libaio1 libnuma1 unzip curl
# seconds: 240
. "$EXTRA_HOME/mysql8.sh"
start_mysql8 my
root_sql my "
    CREATE USER native@'%' IDENTIFIED WITH mysql_native_password BY 'secret';
    CREATE USER sha@'%' IDENTIFIED WITH sha256_password BY 'secret';
    CREATE USER caching@'%' IDENTIFIED WITH caching_sha2_password BY 'secret';
    CREATE USER long_one@'%' IDENTIFIED WITH caching_sha2_password BY '$(printf 'pass%.0s' {1..50})';
    CREATE USER blank@'%' IDENTIFIED WITH caching_sha2_password BY '';
    GRANT ALL ON *.* TO native@'%', sha@'%', caching@'%', long_one@'%', blank@'%'" || fatal 'accounts'
certificate listener
for name in plain secured both full pooled pooled_tls; do
    declare "$name=$(free_port)"
done
tls=(ssl=true "ssl_cert=$PWD/listener.crt" "ssl_key=$PWD/listener.key")
{
    printf '[maxscale]\nmax_auth_errors_until_block=0\n\n'
    server_section my 'get_server_public_key=true'
    my_tls_PORT=$my_PORT my_pool_PORT=$my_PORT my_pool_tls_PORT=$my_PORT
    to_server=(ssl=true "ssl_ca=$PWD/my/ca.pem" ssl_verify_peer_host=false)
    pool=(persistpoolmax=10 persistmaxtime=1min)
    server_section my_tls "${to_server[@]}"
    server_section my_pool "${pool[@]}" get_server_public_key=true
    server_section my_pool_tls "${pool[@]}" "${to_server[@]}"
    # The accounts of the monitor and the services are of caching_sha2_password.
    monitor_section my,my_tls,my_pool,my_pool_tls
    service_section Service my
    service_section Secure my_tls
    service_section Pooled my_pool
    service_section PooledSecure my_pool_tls
    listener_section Plain Service "$plain"
    listener_section Secured Service "$secured" "${tls[@]}"
    listener_section Both Secure "$both" "${tls[@]}"
    listener_section PooledPlain Pooled "$pooled" "${tls[@]/#ssl=true/ssl=optional}"
    listener_section PooledTls PooledSecure "$pooled_tls" "${tls[@]}"
    listener_section Full Service "$full" authenticator_options=caching_sha2_full=true
} >penstock.cnf
start_penstock penstock.cnf

who='SELECT CURRENT_USER()'
for how in plain secured both; do
    options=(--skip-ssl)
    [ "$how" = plain ] || options=(--ssl-ca=ca.crt)
    port=${!how}
    for account in caching sha native; do
        same "$account, $how" "$account@%" "$(account_client "$port" "$account" secret "${options[@]}" -e "$who" 2>&1)"
        same "$account once more, $how" "$account@%" "$(account_client "$port" "$account" secret "${options[@]}" -e "$who" 2>&1)"
        fails "$account, wrong password, $how" 'ERROR 1045' account_client "$port" "$account" wrong "${options[@]}" -e "$who"
    done
    same "a long password, $how" 'long_one@%' "$(account_client "$port" long_one "$(printf 'pass%.0s' {1..50})" "${options[@]}" -e "$who" 2>&1)"
    same "no password, $how" 'blank@%' "$(account_client "$port" blank '' "${options[@]}" -e "$who" 2>&1)"
    fails "nobody, $how" 'ERROR 1045' account_client "$port" nobody secret "${options[@]}" -e "$who"
done

# The server forgets its digests: a quick login of the client does not help it, the next one brings the password.
root_sql my 'FLUSH PRIVILEGES'
fails 'a quick login when the server has forgotten the password' 'connect again' account_client "$plain" caching secret --skip-ssl -e "$who"
same 'the next login' 'caching@%' "$(account_client "$plain" caching secret --skip-ssl -e "$who" 2>&1)"
root_sql my 'FLUSH PRIVILEGES'
same 'caching_sha2_full does not depend on it' 'caching@%' "$(account_client "$full" caching secret --skip-ssl -e "$who" 2>&1)"
root_sql my "ALTER USER caching@'%' IDENTIFIED BY 'changed'"
# Sooner than the rate limit of loads allows.
succeeds 'the accounts are read anew' "$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" 'reload dbusers Service'
until_true 20 account_client "$full" caching changed --skip-ssl -e "$who"
same 'a changed password' 'caching@%' "$(account_client "$full" caching changed --skip-ssl -e "$who" 2>&1)"
fails 'the former password' 'ERROR 1045' account_client "$full" caching secret --skip-ssl -e "$who"
root_sql my "ALTER USER caching@'%' IDENTIFIED BY 'secret'"
succeeds 'the accounts are read anew for the pool' "$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" 'reload dbusers Pooled'
until_true 20 account_client "$pooled" caching secret --ssl-ca=ca.crt -e "$who"

# Behind a pool: sessions of an account use connections again, logged in anew, and find nothing of the former session.
console() {
    "$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" "$1"
}
# uses_again SERVER PORT ACCOUNT [OPTION...]
uses_again() {
    local server=$1 port=$2 account=$3 seen ids
    shift 3
    seen=$(for _ in 1 2 3 4 5 6 7 8; do
        account_client "$port" "$account" secret "$@" test -e "SELECT CURRENT_USER(), COALESCE(@kept, 'nothing'), @@sql_mode LIKE '%ANSI%', DATABASE();
            CREATE TEMPORARY TABLE kept (id INT); SET @kept = 'kept', sql_mode = 'ANSI'; USE mysql; SELECT CONNECTION_ID()" 2>&1
    done)
    ids=$(grep -cE '^[0-9]+$' <<<"$seen")
    same "$server, $account: each session begins afresh" "8 of $account@%"$'\tnothing\t0\ttest' \
        "$(grep -v -E '^[0-9]+$' <<<"$seen" | sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 of /')"
    same "$server, $account: connections are used again" '8 sessions, fewer connections' \
        "$ids sessions, $([ "$(grep -E '^[0-9]+$' <<<"$seen" | sort -u | wc -l)" -lt 8 ] && echo fewer || echo as many) connections"
}
for account in caching sha native; do
    uses_again my_pool "$pooled" "$account" --skip-ssl
    uses_again my_pool_tls "$pooled_tls" "$account" --ssl-ca=ca.crt
done
for server in my_pool my_pool_tls; do
    succeeds "$server: the pool counts" test "$(console "show server $server --tsv" | sed -n 's/^Pool hits\t//p')" -ge 3
done
# A kept connection is no way around a password that has changed.
root_sql my "ALTER USER native@'%' IDENTIFIED BY 'changed'"
console 'reload dbusers Pooled' >/dev/null
until_true 20 account_client "$pooled" native changed --skip-ssl -e "$who"
same 'a changed password behind a pool' 'native@%' "$(account_client "$pooled" native changed --skip-ssl -e "$who" 2>&1)"
fails 'the former password behind a pool' 'ERROR 1045' account_client "$pooled" native secret --skip-ssl -e "$who"
penstock_is_clean
