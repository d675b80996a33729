#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# Accounts of unix_socket log in through a listener's unix socket by the OS user of the client, and by nothing else.
start_mariadb db
root_sql db "
    CREATE USER mysql@localhost IDENTIFIED VIA unix_socket;
    CREATE USER daemonic@localhost IDENTIFIED VIA unix_socket AS 'daemon';
    CREATE USER either@localhost IDENTIFIED VIA unix_socket OR mysql_native_password USING PASSWORD('two');
    CREATE USER mysql@'127.0.0.1' IDENTIFIED VIA unix_socket;
    CREATE USER mapped@'%' IDENTIFIED BY 'onserver';
    GRANT ALL ON *.* TO mapped@'%'" || fatal 'accounts'
cat >users.json <<'JSON'
{"user_map": [{"original_user": "mysql", "mapped_user": "mapped"}, {"original_user": "daemonic", "mapped_user": "mapped"},
              {"original_user": "either", "mapped_user": "mapped"}],
 "server_credentials": [{"mapped_user": "mapped", "password": "onserver"}]}
JSON
chmod 600 users.json
# Reachable for other OS users.
socket=$PWD/penstock.sock
port=$(free_port)
{
    server_section db
    monitor_section db
    service_section Service db localhost_match_wildcard_host=true
    listener_section Local Service "$socket" authenticator=MariaDBAuth,UnixSocketAuth "user_mapping_file=$PWD/users.json"
    listener_section Tcp Service "$port"
    listener_section Native Service "$PWD/native.sock" authenticator=MariaDBAuth
} >penstock.cnf
start_penstock penstock.cnf
chmod 777 "$socket" native.sock

# as OS-USER ACCOUNT [OPTION...]
as() {
    local os=$1 account=$2
    shift 2
    timeout 30 setpriv --reuid="$os" --regid=nogroup --clear-groups mariadb --no-defaults --skip-ssl --socket="$socket" -u "$account" -N -B "$@"
}
same 'the OS user with the name of the account' 'mapped@%' "$(as mysql mysql -e 'SELECT CURRENT_USER()' 2>&1)"
same 'the OS user that the account names' 'mapped@%' "$(as daemon daemonic -e 'SELECT CURRENT_USER()' 2>&1)"
fails 'another OS user' 'ERROR 1045' as daemon mysql -e 'SELECT 1'
fails 'root is another OS user too' 'ERROR 1045' as root mysql -e 'SELECT 1'
fails 'the name alone does not help where the account names another' 'ERROR 1045' as mysql daemonic -e 'SELECT 1'
same 'another method of the account' 'mapped@%' "$(as daemon either -ptwo -e 'SELECT CURRENT_USER()' 2>&1)"
fails 'a wrong proof of the other method' 'ERROR 1045' as daemon either -pwrong -e 'SELECT 1'
fails 'over TCP there is no OS user' 'ERROR 1045' account_client "$port" mysql '' --skip-ssl -e 'SELECT 1'
fails 'a listener that does not take it' 'ERROR 1524' as mysql mysql --socket="$PWD/native.sock" -e 'SELECT 1'
penstock_is_clean
