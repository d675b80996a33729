#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# Accounts of PAM: dialog, clear text, a second factor and mapped users, through Penstock to Debian's server with its PAM plugin.
# packages: db-util libpam-modules python3-minimal python3-pymysql gcc libc6-dev libmariadb-dev
build_change_user
# Users of PAM in files of their own: name, password.
users() {
    local file=$1
    shift
    printf '%s\n' "$@" | db_load -T -t hash "$PWD/$file.db" || fatal "the users $file"
}
users first anna first-secret berta other-secret
users second berta 123456
# service NAME FILE...
service() {
    local name=$1 file
    shift
    system_file "/etc/pam.d/$name" < <(
        for file; do printf 'auth required pam_userdb.so db=%s/%s crypt=none\n' "$PWD" "$file"; done
        [ "$name" != penstock-mapped ] || printf 'auth required pam_user_map.so\n'
        printf 'account required pam_permit.so\n'
    )
}
service penstock-one first
service penstock-two first second
service penstock-mapped first
system_file /etc/security/user_map.conf <<<'anna: dba'

start_mariadb db --plugin-load-add=auth_pam
certificate listener
root_sql db "
    CREATE USER anna@'%' IDENTIFIED VIA pam USING 'penstock-one';
    CREATE USER berta@'%' IDENTIFIED VIA pam USING 'penstock-one';
    CREATE USER carla@'%' IDENTIFIED VIA pam USING 'penstock-one';
    CREATE USER dba@'%' IDENTIFIED BY 'dba-secret';
    GRANT ALL ON *.* TO dba@'%'" || fatal 'accounts'
printf '{"users_and_passwords": [{"user": "dba", "password": "dba-secret"}]}' >mapped.json
printf '{"user_map": [{"original_user": "berta", "mapped_user": "dba"}], "server_credentials": [{"mapped_user": "dba", "password": "dba-secret"}]}' >users.json
chmod 600 mapped.json users.json

mapfile -t to_server < <(tls_to_server)
mapfile -t tls < <(tls_of listener)
dialog=$(free_port)
clear=$(free_port)
plain=$(free_port)
open=$(free_port)
native=$(free_port)
{
    server_section db "${to_server[@]}" compression=true
    monitor_section db
    service_section Service db localhost_match_wildcard_host=true
    listener_section Dialog Service "$dialog" "${tls[@]}"
    listener_section Clear Service "$clear" "${tls[@]}" authenticator=PAMAuth authenticator_options=pam_use_cleartext_plugin=true
    listener_section Plain Service "$plain"
    listener_section Open Service "$open" authenticator=PAMAuth authenticator_options=pam_require_encryption=false
    listener_section Native Service "$native" "${tls[@]}" authenticator=MariaDBAuth
    listener_section Local Service "$PWD/penstock.sock"
} >penstock.cnf
start_penstock penstock.cnf

secure=(--ssl --ssl-ca="$PWD/ca.crt" --ssl-verify-server-cert)
# who PORT USER PASSWORD [OPTION...]
who() {
    account_client "$@" -e "SELECT CURRENT_USER(), (SELECT variable_value <> '' FROM information_schema.session_status WHERE variable_name = 'Ssl_cipher')" 2>&1
}
same 'directly, by dialog' $'anna@%\t1' "$(who "$db_PORT" anna first-secret "${secure[@]}")"
same 'dialog over TLS' $'anna@%\t1' "$(who "$dialog" anna first-secret "${secure[@]}")"
same 'clear text over TLS' $'berta@%\t1' "$(who "$clear" berta other-secret "${secure[@]}")"
same 'dialog over a unix socket' $'anna@%\t1' \
    "$(MYSQL_PWD=first-secret timeout 60 mariadb --no-defaults --socket="$PWD/penstock.sock" -u anna --skip-ssl -N -B -e 'SELECT CURRENT_USER(), 1' 2>&1)"
same 'dialog without TLS where that is configured' $'anna@%\t1' "$(who "$open" anna first-secret --skip-ssl)"
same 'an account with another plugin beside it' $'dba@%\t1' "$(who "$dialog" dba dba-secret "${secure[@]}")"
fails 'a wrong password' 'ERROR 1045' account_client "$dialog" anna wrong "${secure[@]}" -e 'SELECT 1'
fails 'a wrong password in clear text' 'ERROR 1045' account_client "$clear" anna wrong "${secure[@]}" -e 'SELECT 1'
fails "another user's password" 'ERROR 1045' account_client "$dialog" anna other-secret "${secure[@]}" -e 'SELECT 1'
fails 'a user that PAM does not know' 'ERROR 1045' account_client "$dialog" carla first-secret "${secure[@]}" -e 'SELECT 1'
fails 'a user that the server does not know' 'ERROR 1045' account_client "$dialog" nobody first-secret "${secure[@]}" -e 'SELECT 1'
fails 'no password is asked for without TLS' 'ERROR 3159' account_client "$plain" anna first-secret --skip-ssl -e 'SELECT 1'
fails 'a listener that does not take PAM' 'ERROR 1524' account_client "$native" anna first-secret "${secure[@]}" -e 'SELECT 1'
changed=$(change_user "$db_PORT" "$PWD/ca.crt" compressed dba dba-secret anna first-secret berta other-secret dba dba-secret)
contains 'changes of user by dialog, directly' 'anna: anna@%, nothing kept, information_schema, 100000, compression and TLS: yes,yes' "$changed"
for how in plain compressed; do
    same "changes of user by dialog, $how" "$changed" \
        "$(change_user "$dialog" "$PWD/ca.crt" "$how" dba dba-secret anna first-secret berta other-secret dba dba-secret)"
    same "a wrong password in a change of user by dialog, $how" $'dba: dba@%\nanna: change: error 1045\ndba: dba@%' \
        "$(change_user "$dialog" "$PWD/ca.crt" "$how" dba dba-secret anna wrong dba dba-secret | sed "s/,.*//; s/ Access.*//")"
done
same 'changes of user in clear text' $'anna: anna@%\nberta: berta@%\nanna: change: error 1045\nanna: anna@%' \
    "$(change_user "$clear" "$PWD/ca.crt" compressed anna first-secret berta other-secret anna wrong anna first-secret | sed "s/,.*//; s/ Access.*//")"
contains "the log has PAM's reason" "PAM refuses 'anna'@'127.0.0.1'" "$(cat penstock.log)"
same 'no password in the log' '' "$(grep -nE 'first-secret|other-secret|dba-secret|123456' penstock.log penstock.data/log/*)"

# The same accounts with a mapped user and with a second factor: servers are logged in to as dba.
root_sql db "
    CREATE OR REPLACE USER anna@'%' IDENTIFIED VIA pam USING 'penstock-mapped';
    CREATE OR REPLACE USER berta@'%' IDENTIFIED VIA pam USING 'penstock-two'" || fatal 'accounts'
end_process "$PENSTOCK_PID"
{
    server_section db "${to_server[@]}"
    monitor_section db
    service_section Service db
    listener_section Mapped Service "$dialog" "${tls[@]}" "authenticator_options=pam_backend_mapping=mariadb,pam_mapped_pw_file=$PWD/mapped.json"
    listener_section Two Service "$clear" "${tls[@]}" authenticator_options=pam_mode=password_2FA "user_mapping_file=$PWD/users.json"
    listener_section One Service "$plain" "${tls[@]}" "user_mapping_file=$PWD/users.json"
} >second.cnf
start_penstock second.cnf second
same 'a user that PAM maps' $'dba@%\t1' "$(who "$dialog" anna first-secret "${secure[@]}")"
cat >two.py <<'PYTHON'
import sys
import pymysql

class Code:
    def __init__(self, connection):
        pass

    def prompt(self, echo, prompt):
        print(prompt.decode().strip(), end=" ")
        return sys.argv[2].encode()

try:
    connection = pymysql.connect(host="127.0.0.1", port=int(sys.argv[1]), user="berta", password="other-secret", ssl={"ca": sys.argv[3]}, auth_plugin_map={"dialog": Code})
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_USER()")
        print(cursor.fetchone()[0])
except pymysql.Error as error:
    print(error.args[0])
PYTHON
two() {
    PYTHONDONTWRITEBYTECODE=1 timeout 30 /usr/bin/python3 two.py "$1" "$2" "$PWD/ca.crt" 2>&1
}
same 'two factors' 'Verification code: dba@%' "$(two "$clear" 123456)"
same 'a wrong code' 'Verification code: 1045' "$(two "$clear" 654321)"
same 'one answer where PAM asks twice' '1045' "$(two "$plain" 123456)"
contains 'the log has the prompt that was not asked' "which was not asked of the client" "$(cat second.log)"
penstock_is_clean
