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
for name in plain secured both full; do
    declare "$name=$(free_port)"
done
tls=(ssl=true "ssl_cert=$PWD/listener.crt" "ssl_key=$PWD/listener.key")
{
    printf '[maxscale]\nmax_auth_errors_until_block=0\n\n'
    server_section my
    printf '[my_tls]\ntype=server\naddress=127.0.0.1\nport=%s\nssl=true\nssl_ca=%s\nssl_verify_peer_host=false\n\n' "$my_PORT" "$PWD/my/ca.pem"
    # The accounts of the monitor and the services are of caching_sha2_password.
    monitor_section my,my_tls
    service_section Service my
    service_section Secure my_tls
    listener_section Plain Service "$plain"
    listener_section Secured Service "$secured" "${tls[@]}"
    listener_section Both Secure "$both" "${tls[@]}"
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
penstock_is_clean
