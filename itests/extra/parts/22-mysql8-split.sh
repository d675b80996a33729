#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015,SC1091
# readwritesplit over a real MySQL 8 with a replica: reads are split, session state and prepared statements are where they must be, transactions stay together.
# packages: libaio1 libnuma1 unzip curl
# seconds: 240
. "$EXTRA_HOME/mysql8.sh"
# start_mysql8 adds --skip-log-bin; what comes behind it wins.
replication=(--log-bin=binlog --gtid-mode=ON --enforce-gtid-consistency=ON --binlog-format=ROW --default-authentication-plugin=mysql_native_password)
start_mysql8 one "${replication[@]}" --server-id=1
start_mysql8 two "${replication[@]}" --server-id=2
# Both have the same accounts and an empty database; from here on everything is replicated.
for server in one two; do
    root_sql "$server" 'RESET MASTER' || fatal "$server begins its log"
done
succeeds 'two follows' root_sql two "SET GLOBAL read_only = 1; CHANGE MASTER TO master_host = '127.0.0.1', master_port = $one_PORT, master_user = 'tester',
    master_password = 'secret', get_master_public_key = 1, master_auto_position = 1; START SLAVE"
root_sql one 'CREATE TABLE test.t (id INT PRIMARY KEY AUTO_INCREMENT, server INT)' || fatal 'the table'
until_true 30 root_sql two 'SELECT * FROM test.t' || fatal 'the table is replicated' "$(root_sql two 'SHOW SLAVE STATUS\G')"

split=$(free_port)
lazy=$(free_port)
{
    printf '[maxscale]\n\n'
    server_section one get_server_public_key=true
    server_section two get_server_public_key=true
    monitor_section one,two
    service_section Split one,two | sed 's/^router=.*/router=readwritesplit/; /^router_options=/d'
    service_section Lazy one,two lazy_connect=true | sed 's/^router=.*/router=readwritesplit/; /^router_options=/d'
    listener_section Listener Split "$split"
    listener_section LazyListener Lazy "$lazy"
} >penstock.cnf
start_penstock penstock.cnf
servers_known() {
    local servers
    servers=$("$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" 'list servers') &&
        [ "$(grep -c 'Master, Running' <<<"$servers")" = 1 ] && [ "$(grep -c 'Slave, Running' <<<"$servers")" = 1 ]
}
until_true 30 servers_known || fatal 'a primary and a replica are found' "$("$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" 'list servers')"

# said WHAT EXPECTED SQL: what a session says, in one line; on both services.
said() {
    local service
    for service in split lazy; do
        same "$1 ($service)" "$2" "$(client "${!service}" test -e "$3" 2>&1 | tr '\t' ' ' | paste -sd' ')"
    done
}
said 'reads go to the replica, writes to the primary' '2 1' \
    'SELECT @@server_id; INSERT INTO t (server) VALUES (@@server_id); SELECT DISTINCT server FROM t FOR UPDATE'
said 'LAST_INSERT_ID()' '1' 'INSERT INTO t (server) VALUES (1); SELECT LAST_INSERT_ID() > 0'
said 'a transaction stays on the primary' '1 1 2' "BEGIN; SELECT @@server_id; INSERT INTO t (server) VALUES (1); SELECT @@server_id; COMMIT; SELECT @@server_id"
said 'a transaction without autocommit' '1 1 2' 'SET autocommit = 0; SELECT @@server_id; COMMIT; SELECT @@server_id; SET autocommit = 1; SELECT @@server_id'
said 'a read-only transaction stays on the replica' '2 2 1' 'START TRANSACTION READ ONLY; SELECT @@server_id; SELECT @@server_id; BEGIN; SELECT @@server_id; COMMIT'
said 'session state is everywhere' '2 7 262144 mysql 1 7' \
    'SET @a = 7, SESSION sort_buffer_size = 262144; USE mysql; SELECT @@server_id, @a, @@sort_buffer_size, DATABASE(); SELECT @@server_id, @a FOR UPDATE'
said 'prepared by name' '2 1' \
    "PREPARE r FROM 'SELECT @@server_id'; EXECUTE r; PREPARE w FROM 'INSERT INTO t (server) VALUES (@@server_id)'; EXECUTE w; SELECT DISTINCT server FROM t FOR UPDATE"
said 'a temporary table' '1 5' 'CREATE TEMPORARY TABLE own (a INT); INSERT INTO own VALUES (5); SELECT @@server_id, a FROM own'
said 'a user lock' '1 1' "SELECT GET_LOCK('penstock', 5), @@server_id"
said 'SERIALIZABLE' '1' 'SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT @@server_id'
said 'SELECT ... INTO a variable' '2' 'SELECT 2 INTO @b; SELECT @b'
until_true 20 eval "[ \"\$(root_sql two 'SELECT COUNT(*) FROM test.t')\" = \"\$(root_sql one 'SELECT COUNT(*) FROM test.t')\" ]"
same 'both hold the same' "$(root_sql one 'CHECKSUM TABLE test.t')" "$(root_sql two 'CHECKSUM TABLE test.t')"
same 'nothing was written on the replica' '' "$(root_sql two "SELECT GTID_SUBTRACT(@@gtid_executed, '$(root_sql one 'SELECT @@gtid_executed' | tr -d '\n')')")"
penstock_is_clean
