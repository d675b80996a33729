#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# Debian's server and command-line client, through a service with a monitor: that the frame of these tests stands.
start_mariadb db
port=$(free_port)
{
    server_section db
    monitor_section db
    service_section Service db
    listener_section Listener Service "$port"
} >penstock.cnf
start_penstock penstock.cnf

as_directly 'version of the server' "$db_PORT" "$port" -e 'SELECT VERSION()'
as_directly 'rows' "$db_PORT" "$port" test -e 'SELECT seq, REPEAT(seq, 20) FROM seq_1_to_1000'
fails 'a wrong password is refused' 'ERROR 1045' account_client "$port" tester wrong --skip-ssl -e 'SELECT 1'
fails 'an error of the server' "doesn't exist" client "$port" test -e 'SELECT * FROM nowhere'
penstock_is_clean
