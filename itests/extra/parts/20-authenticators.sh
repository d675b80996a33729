#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# Accounts of ed25519 log in to Debian's MariaDB through Penstock, with a user mapping or with their password over TLS; NullAuth and pass-through.
# packages: gcc libc6-dev libmariadb-dev
# seconds: 180
build_change_user
start_mariadb db --plugin-load-add=auth_ed25519
root_sql db "
    CREATE USER edda@'%' IDENTIFIED VIA ed25519 USING PASSWORD('secret');
    CREATE USER either@'%' IDENTIFIED VIA ed25519 USING PASSWORD('one') OR mysql_native_password USING PASSWORD('two');
    CREATE USER service@'%' IDENTIFIED VIA ed25519 USING PASSWORD('secret');
    CREATE USER native@'%' IDENTIFIED BY 'secret';
    CREATE USER mapped@'%' IDENTIFIED BY 'onserver';
    CREATE USER mapped_ed@'%' IDENTIFIED VIA ed25519 USING PASSWORD('onserver');
    CREATE USER open@'%', ajar@'%';
    GRANT ALL ON *.* TO edda@'%', either@'%', service@'%', native@'%', mapped@'%', mapped_ed@'%', open@'%', ajar@'%'" || fatal 'accounts'
cat >users.json <<'JSON'
{"user_map": [{"original_user": "edda", "mapped_user": "mapped"}, {"original_user": "either", "mapped_user": "mapped_ed"},
              {"original_user": "stranger", "mapped_user": "mapped"}],
 "server_credentials": [{"mapped_user": "mapped", "password": "onserver"}, {"mapped_user": "mapped_ed", "password": "onserver", "plugin": "ed25519"}]}
JSON
chmod 600 users.json
certificate listener
openssl genrsa -traditional -out rsa.pem 2048 2>/dev/null
for name in plain mapped secured rsa allow allow_mapped deny clear native_only; do
    declare "$name=$(free_port)"
done
tls=(ssl=true "ssl_cert=$PWD/listener.crt" "ssl_key=$PWD/listener.key")
{
    printf '[maxscale]\nmax_auth_errors_until_block=0\n\n'
    server_section db
    printf '[db_tls]\ntype=server\naddress=127.0.0.1\nport=%s\nssl=true\nssl_ca=%s\ncompression=true\n\n' "$db_PORT" "$PWD/ca.crt"
    monitor_section db,db_tls
    # The service's own account is one of ed25519.
    printf '[Service]\ntype=service\nrouter=readconnroute\nrouter_options=running\nservers=db\nuser=service\npassword=secret\n\n'
    service_section Secure db_tls
    listener_section Plain Service "$plain"
    listener_section Mapped Service "$mapped" "user_mapping_file=$PWD/users.json"
    listener_section Secured Service "$secured" authenticator_options=ed_mode=sha256 "${tls[@]}"
    listener_section Rsa Service "$rsa" "authenticator_options=ed_mode=sha256,ed_rsa_privkey_path=$PWD/rsa.pem"
    listener_section Allow Service "$allow" authenticator=NullAuthAllow
    listener_section AllowMapped Service "$allow_mapped" authenticator=NullAuthAllow "user_mapping_file=$PWD/users.json"
    listener_section Deny Service "$deny" authenticator=NullAuthDeny
    listener_section Clear Secure "$clear" authenticator_options=clear_pw_passthrough=true ssl=optional "${tls[@]:1}"
    listener_section Native Service "$native_only" authenticator=MySQLAuth
} >penstock.cnf
start_penstock penstock.cnf

who='SELECT CURRENT_USER()'
same 'ed25519, mapped to a native account' 'mapped@%' "$(account_client "$mapped" edda secret --skip-ssl -e "$who" 2>&1)"
same 'ed25519 first of two methods, mapped to an account of ed25519' 'mapped_ed@%' "$(account_client "$mapped" either one --skip-ssl -e "$who" 2>&1)"
same 'the second of two methods' 'mapped_ed@%' "$(account_client "$mapped" either two --skip-ssl -e "$who" 2>&1)"
same 'who is not mapped stays who he is' 'native@%' "$(account_client "$mapped" native secret --skip-ssl -e "$who" 2>&1)"
same 'one of two methods whose proof the server takes' 'either@%' "$(account_client "$plain" either two --skip-ssl -e "$who" 2>&1)"
fails 'ed25519, wrong password' "ERROR 1045 (28000): Access denied for user 'edda'@'127.0.0.1' (using password: YES)" \
    account_client "$mapped" edda wrong --skip-ssl -e "$who"
fails 'neither of two methods' 'ERROR 1045' account_client "$mapped" either three --skip-ssl -e "$who"
fails 'ed25519 without a mapping' 'user_mapping_file' account_client "$plain" edda secret --skip-ssl -e "$who"
fails 'a listener for native passwords only' "ERROR 1524" account_client "$native_only" edda secret --skip-ssl -e "$who"
same 'native on that listener' 'native@%' "$(account_client "$native_only" native secret --skip-ssl -e "$who" 2>&1)"

same 'ed_mode=sha256 over TLS' 'edda@%' "$(account_client "$secured" edda secret --ssl-ca=ca.crt -e "$who" 2>&1)"
fails 'ed_mode=sha256 over TLS, wrong password' 'ERROR 1045' account_client "$secured" edda wrong --ssl-ca=ca.crt -e "$who"
same 'ed_mode=sha256 without TLS, encrypted with the configured key' 'edda@%' "$(account_client "$rsa" edda secret --skip-ssl -e "$who" 2>&1)"
fails 'ed_mode=sha256 without TLS and key' 'ERROR 1045' account_client "$plain" nobody secret --skip-ssl -e "$who"

same 'NullAuthAllow: an account without a password' 'open@%' "$(account_client "$allow" open whatever --skip-ssl -e "$who" 2>&1)"
same 'NullAuthAllow: a name that no server knows, mapped' 'mapped@%' "$(account_client "$allow_mapped" stranger whatever --skip-ssl -e "$who" 2>&1)"
fails 'NullAuthAllow: the server still wants its password' 'ERROR 1045' account_client "$allow" native secret --skip-ssl -e "$who"
fails 'NullAuthDeny' 'ERROR 1045' account_client "$deny" native secret --skip-ssl -e "$who"

same 'pass-through to an account of ed25519' 'edda@%' "$(account_client "$clear" edda secret --ssl-ca=ca.crt -e "$who" 2>&1)"
same 'pass-through to a native account' 'native@%' "$(account_client "$clear" native secret --ssl-ca=ca.crt -e "$who" 2>&1)"
fails 'pass-through, wrong password: the server says it' 'ERROR 1045' account_client "$clear" native wrong --ssl-ca=ca.crt -e "$who"
fails 'pass-through without TLS: the client is not even asked' 'ERROR 3159' account_client "$clear" native secret --skip-ssl -e "$who"

# The change of user is a login as well; a client that is refused stays who it was.
kept=', nothing kept, information_schema, 100000, compression and TLS:'
clear_text=$(change_user "$db_PORT" "$PWD/ca.crt" compressed native secret edda secret native secret edda secret)
contains 'changes of user, directly' $'native: native@%'"$kept yes,yes"$'\nedda: edda@%'"$kept yes,yes" "$clear_text"
proved=$(change_user "$db_PORT" - plain native secret edda wrong edda secret native secret)
contains 'changes of user and a refused one, directly' "edda: change: error 1045 " "$proved"
unproved=$(change_user "$db_PORT" - plain open '' ajar '' open '')
contains 'changes of user without passwords, directly' "ajar: ajar@%$kept no,no" "$unproved"
for how in plain compressed; do
    same "changes of user, clear text over TLS, $how" "$clear_text" \
        "$(change_user "$clear" "$PWD/ca.crt" "$how" native secret edda secret native secret edda secret)"
    same "changes of user, ed_mode=sha256 over TLS, $how" "$proved" \
        "$(change_user "$secured" "$PWD/ca.crt" "$how" native secret edda wrong edda secret native secret)"
    same "changes of user, NullAuthAllow, $how" "$unproved" "$(change_user "$allow" - "$how" open '' ajar '' open '')"
done
contains 'a change of user that the server refuses' 'native: change: error 1045' "$(change_user "$clear" "$PWD/ca.crt" plain edda secret native wrong)"
penstock_is_clean
