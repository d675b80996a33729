#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154,SC2015
# mariadb-binlog reads a server's binary logs through Penstock as it does directly: text, raw files, from a position, GTIDs.
start_mariadb db
port=$(free_port)
{
    server_section db
    monitor_section db
    service_section Service db
    listener_section Listener Service "$port"
} >penstock.cnf
start_penstock penstock.cnf

# Three files; rows, statements, a transaction, an event larger than a packet.
root_sql db "SET NAMES utf8mb4;
    USE test;
    SET GLOBAL max_allowed_packet = 64 * 1024 * 1024;
    CREATE TABLE test.t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), data LONGBLOB) DEFAULT CHARSET utf8mb4;
    INSERT INTO test.t (name) SELECT CONCAT('žluť ', seq) FROM seq_1_to_2000;
    FLUSH LOCAL BINARY LOGS;
    SET SESSION binlog_format = 'STATEMENT';
    BEGIN; UPDATE test.t SET name = 'changed' WHERE id < 50; DELETE FROM test.t WHERE id = 60; COMMIT;
    SET SESSION binlog_format = 'ROW';" || fatal 'the first two files'
root_sql db "INSERT INTO test.t (data) VALUES (REPEAT('x', 20 * 1024 * 1024)); FLUSH LOCAL BINARY LOGS; DROP TABLE test.t" || fatal 'the third file'

# reader PORT OPTION...
reader() {
    local at=$1
    shift
    timeout 60 mariadb-binlog --no-defaults --read-from-remote-server --host=127.0.0.1 --port="$at" --user=tester --password=secret --skip-ssl "$@"
}

# compare WHAT OPTION...
compare() {
    local what=$1
    shift
    if ! reader "$db_PORT" "$@" >direct.out 2>direct.err; then
        failed "$what" "directly: $(cat direct.err)"
    elif ! reader "$port" "$@" >through.out 2>through.err; then
        failed "$what" "$(cat through.err)"
    else
        same "$what ($(wc -c <direct.out) bytes)" "$(md5sum <direct.out)" "$(md5sum <through.out)"
    fi
}

first=$(root_sql db 'SHOW BINARY LOGS' | head -n 1 | cut -f 1)
position=$(root_sql db "SHOW BINLOG EVENTS IN '$first' LIMIT 6, 1" | cut -f 2)
compare 'all files as text' --to-last-log --base64-output=decode-rows -vv "$first"
compare 'all files with rows as base64' --to-last-log "$first"
compare 'from a position' --start-position="$position" "$first"
compare 'from a GTID' --start-position="0-$db_PORT-3" --to-last-log "$first"
compare 'with a hexadecimal dump' --to-last-log --hexdump "$first"

mkdir direct through
reader "$db_PORT" --raw --to-last-log --result-file=direct/ "$first" || fatal 'raw files directly'
succeeds 'raw files' reader "$port" --raw --to-last-log --result-file=through/ "$first"
same 'raw files are byte for byte those of the server' "$(cd direct && md5sum -- *)" "$(cd through && md5sum -- *)"
fails 'a file that is not there' 'Could not find first log file' reader "$port" nowhere.000001

# A reader that waits for more sees what is written meanwhile.
background waiting mariadb-binlog --no-defaults --read-from-remote-server --stop-never --raw --result-file=through/live- --host=127.0.0.1 --port="$port" \
    --user=tester --password=secret --skip-ssl "$(root_sql db 'SHOW MASTER STATUS' | cut -f 1)"
waiting=$BACKGROUND_PID
live() {
    cat through/live-* 2>/dev/null | grep -aq 'seen live'
}
root_sql db "CREATE TABLE test.live (name VARCHAR(100)) COMMENT 'seen live'"
if until_true 20 live; then ok 'a waiting reader gets what is written'; else failed 'a waiting reader gets what is written' "$(cat waiting.log)"; fi
end_process "$waiting"
# A server notices that nobody reads any more when it writes.
no_dump_thread() {
    root_sql db "INSERT INTO test.live VALUES ('more')" &&
        [ "$(root_sql db "SELECT COUNT(*) FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'")" = 0 ]
}
if until_true 20 no_dump_thread; then ok 'a reader that left is gone at the server'; else failed 'a reader that left is gone at the server' "$(root_sql db 'SHOW PROCESSLIST')"; fi
penstock_is_clean
