#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# Accounts of GSSAPI with MIT Kerberos: Debian's client proves itself to Penstock, which logs in to Debian's server with delegated tickets or a mapped user.
# packages: gcc libc6-dev libkrb5-dev krb5-kdc krb5-admin-server krb5-user mariadb-plugin-gssapi-server mariadb-plugin-gssapi-client
readonly realm=EXTRA.TEST
kdc=$(free_port)
cat >krb5.conf <<KERBEROS
[libdefaults]
default_realm = $realm
forwardable = true
dns_lookup_kdc = false
dns_lookup_realm = false
dns_canonicalize_hostname = false
rdns = false
udp_preference_limit = 1
[realms]
$realm = {
  kdc = 127.0.0.1:$kdc
}
KERBEROS
cat >kdc.conf <<KERBEROS
[kdcdefaults]
kdc_listen = 127.0.0.1:$kdc
kdc_tcp_listen = 127.0.0.1:$kdc
[realms]
$realm = {
  database_name = $PWD/principal
  key_stash_file = $PWD/stash
  acl_file = $PWD/acl
}
KERBEROS
export KRB5_CONFIG=$PWD/krb5.conf KRB5_KDC_PROFILE=$PWD/kdc.conf KRB5CCNAME=FILE:$PWD/tickets
kdb5_util create -s -r "$realm" -P master-secret >kdb.log 2>&1 || fatal 'the database of Kerberos'
for principal in mariadb/db mariadb/penstock anna berta carla; do
    kadmin.local -q "addprinc -randkey $principal" >>kdb.log 2>&1 && kadmin.local -q "ktadd -k $PWD/${principal#*/}.keytab $principal" >>kdb.log 2>&1 ||
        fatal "the principal $principal"
done
chmod 644 db.keytab
background kdc krb5kdc -n
wait_port 127.0.0.1 "$kdc"

start_mariadb db --plugin-load-add=auth_gssapi --gssapi-keytab-path="$PWD/db.keytab" --gssapi-principal-name="mariadb/db@$realm"
root_sql db "
    CREATE USER anna@'%' IDENTIFIED VIA gssapi;
    CREATE USER bee@'%' IDENTIFIED VIA gssapi USING 'berta@$realm';
    CREATE USER carla@'%' IDENTIFIED VIA gssapi;
    CREATE USER dba@'%' IDENTIFIED BY 'dba-secret'" || fatal 'accounts'
printf '{"user_map": [{"original_user": "anna", "mapped_user": "dba"}, {"original_user": "bee", "mapped_user": "dba"}],
    "server_credentials": [{"mapped_user": "dba", "password": "dba-secret"}]}' >users.json
chmod 600 users.json
delegated=$(free_port)
mapped=$(free_port)
keyless=$(free_port)
options="authenticator_options=principal_name=mariadb/penstock@$realm,gssapi_keytab_path=$PWD/penstock.keytab"
{
    server_section db
    monitor_section db
    service_section Service db
    listener_section Delegated Service "$delegated" "$options"
    listener_section Mapped Service "$mapped" "$options" authenticator=MariaDBAuth,GSSAPIAuth "user_mapping_file=$PWD/users.json"
    listener_section Keyless Service "$keyless" "authenticator_options=principal_name=mariadb/penstock@$realm,gssapi_keytab_path=$PWD/nowhere"
} >penstock.cnf
JAVA_OPTS="-Djava.security.krb5.conf=$PWD/krb5.conf" start_penstock penstock.cnf

# The command-line client neither delegates nor wants the server to prove itself; with this library it does.
cat >flags.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <gssapi/gssapi.h>
#include <stdlib.h>
OM_uint32 gss_init_sec_context(OM_uint32 *minor, gss_cred_id_t credential, gss_ctx_id_t *context, gss_name_t target, gss_OID mechanism,
    OM_uint32 flags, OM_uint32 time, gss_channel_bindings_t bindings, gss_buffer_t in, gss_OID *actual, gss_buffer_t out, OM_uint32 *returned, OM_uint32 *valid) {
    OM_uint32 (*real)() = (OM_uint32(*)())dlsym(RTLD_NEXT, "gss_init_sec_context");
    const char *more = getenv("MORE_FLAGS");
    return real(minor, credential, context, target, mechanism, flags | (more ? atoi(more) : 0), time, bindings, in, actual, out, returned, valid);
}
C
gcc -shared -fPIC -o flags.so flags.c -Wl,--no-as-needed -lgssapi_krb5 -ldl >gcc.log 2>&1 || fatal 'the library with flags compiles'

# ticket NAME: the tickets of this principal from now on
ticket() {
    kinit -f -k -t "$1.keytab" "$1" >>kdb.log 2>&1 || fatal "a ticket for $1"
}
# who PORT USER [MORE-FLAGS]: 1 delegates, 2 wants proof of the server
who() {
    MORE_FLAGS=${3:-0} LD_PRELOAD=$PWD/flags.so account_client "$1" "$2" '' --skip-ssl -e 'SELECT CURRENT_USER()' 2>&1
}
ticket anna
same 'directly' 'anna@%' "$(who "$db_PORT" anna)"
same 'with delegated tickets the server sees the same principal' 'anna@%' "$(who "$delegated" anna 1)"
same 'with delegated tickets and proof of Penstock' 'anna@%' "$(who "$delegated" anna 3)"
same 'without delegation by a mapped user' 'dba@%' "$(who "$mapped" anna)"
same 'a mapped user and proof of Penstock' 'dba@%' "$(who "$mapped" anna 2)"
contains 'without delegation and mapping the server is out of reach' 'delegated no tickets' "$(who "$delegated" anna)"
contains "another principal's account" 'ERROR 1045' "$(who "$mapped" bee)"
contains "another user's account" 'ERROR 1045' "$(who "$delegated" carla 1)"
contains 'a user that the server does not know' 'ERROR 1045' "$(who "$mapped" nobody)"
ticket berta
same 'an account that names its principal' 'dba@%' "$(who "$mapped" bee)"
same 'an account that names its principal, with delegated tickets' 'bee@%' "$(who "$delegated" bee 1)"
contains 'no key, no login' 'ERROR 1045' "$(who "$keyless" bee 1)"
contains 'the log says which key is missing' "no key of the principal 'mariadb/penstock@$realm' in $PWD/nowhere" "$(cat penstock.log)"
kdestroy
contains 'without a ticket' 'ERROR' "$(who "$mapped" bee)"
: >kdb.log
# The line about the missing key is expected.
grep -v 'no key of the principal' penstock.log >expected.log
# shellcheck disable=SC2034 # read by the next
penstock_log=expected.log
penstock_is_clean
