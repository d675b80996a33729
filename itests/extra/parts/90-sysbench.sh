#!/usr/bin/env bash
# shellcheck shell=bash disable=SC2154
# sysbench's OLTP scripts through readwritesplit over a primary and two replicas, prepared and not, and while the router is replaced; afterwards all servers hold the same.
# packages: sysbench
# seconds: 320
readonly tables=3 rows=2000 threads=8
readonly seconds=${SYSBENCH_SECONDS:-3}
readonly replicas='two three'
readonly scripts='oltp_point_select oltp_read_only oltp_read_write oltp_write_only oltp_insert oltp_delete oltp_update_index oltp_update_non_index
    select_random_points select_random_ranges'

for server in one $replicas; do
    start_mariadb "$server"
done
position=$(root_sql one 'SELECT @@gtid_binlog_pos')
for server in $replicas; do
    succeeds "$server follows" root_sql "$server" "RESET MASTER; SET GLOBAL gtid_slave_pos = '$position'; SET GLOBAL read_only = 1;
        CHANGE MASTER TO master_host = '127.0.0.1', master_port = $one_PORT, master_user = 'tester', master_password = 'secret',
        master_ssl = 0, master_use_gtid = slave_pos; START SLAVE"
done

port=$(free_port)
{
    for server in one $replicas; do
        server_section "$server"
    done
    monitor_section one,two,three
    service_section Split one,two,three | sed 's/^router=.*/router=readwritesplit/; /^router_options=/d'
    listener_section Listener Split "$port"
} >penstock.cnf
start_penstock penstock.cnf

# servers_known: a primary and two replicas are.
servers_known() {
    local servers
    servers=$("$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" 'list servers') &&
        [ "$(grep -c 'Master, Running' <<<"$servers")" = 1 ] && [ "$(grep -c 'Slave, Running' <<<"$servers")" = 2 ]
}
until_true 30 servers_known || fatal 'a primary and two replicas are found'

# bench SCRIPT COMMAND [OPTION...]
bench() {
    local script=$1 command=$2
    shift 2
    timeout 60 sysbench "$script" --db-driver=mysql --mysql-host=127.0.0.1 --mysql-port="$port" --mysql-user=tester --mysql-password=secret \
        --mysql-db=test --tables="$tables" --table-size="$rows" --threads="$threads" --time="$seconds" --report-interval=0 "$@" "$command" \
        >"sysbench-$script.out" 2>&1
}

# ran SCRIPT HOW OPTION...: it ran without an error that sysbench does not pass over, and did something.
ran() {
    local script=$1 how=$2 events
    shift 2
    bench "$script" run "$@" || {
        failed "$script, $how" "$(tail -n 12 "sysbench-$script.out")"
        return
    }
    events=$(sed -n 's/.*total number of events: *//p' "sysbench-$script.out")
    if [ "${events:-0}" -gt 0 ]; then
        ok "$script, $how ($events events)"
    else
        failed "$script, $how" "$(tail -n 12 "sysbench-$script.out")"
    fi
}

# reads SERVER: SELECTs that it answered so far
reads() {
    root_sql "$1" "SHOW GLOBAL STATUS LIKE 'Com_select'" | cut -f2
}

# same_everywhere WHEN: once the replicas have everything, every table has the same checksum on all servers.
same_everywhere() {
    local server list expected position
    list=$(root_sql one "SELECT GROUP_CONCAT('test.', table_name ORDER BY table_name) FROM information_schema.tables WHERE table_schema = 'test'")
    position=$(root_sql one 'SELECT @@gtid_binlog_pos')
    expected=$(root_sql one "CHECKSUM TABLE $list")
    for server in $replicas; do
        same "$server has applied everything, $1" 0 "$(root_sql "$server" "SELECT MASTER_GTID_WAIT('$position', 50)")"
        same "checksums of $server, $1" "$expected" "$(root_sql "$server" "CHECKSUM TABLE $list")"
        same "no transaction began on $server, $1" 0 "$(root_sql "$server" "SELECT @@gtid_binlog_state LIKE '%-$(root_sql "$server" 'SELECT @@server_id')-%'")"
    done
}

for mode in disable auto; do
    for server in $replicas; do
        printf -v "before_$server" %s "$(reads "$server")"
    done
    bench oltp_read_write prepare || fatal 'the tables are made' "$(tail -n 12 sysbench-oltp_read_write.out)"
    for script in $scripts; do
        ran "$script" "prepared statements: $mode" --db-ps-mode="$mode"
    done
    ran oltp_read_only "without transactions, prepared statements: $mode" --db-ps-mode="$mode" --skip-trx=on
    same_everywhere "prepared statements: $mode"
    for server in $replicas; do
        before="before_$server"
        count=$(($(reads "$server") - ${!before}))
        if [ "$count" -gt 100 ]; then
            ok "$server answered reads, prepared statements: $mode ($count)"
        else
            failed "$server answered reads, prepared statements: $mode" "$count SELECTs"
        fi
    done
    bench oltp_read_write cleanup || failed 'the tables are dropped' "$(tail -n 12 sysbench-oltp_read_write.out)"
done

# The router's bundle is replaced under them, time and again: no client sees an error, no connection is lost.
console() {
    "$PENSTOCK_HOME/bin/penstock" console -D "$PWD/penstock.data" "$1"
}
readonly router=org.penstock.router.readwritesplit
bench oltp_read_write prepare || fatal 'the tables are made' "$(tail -n 12 sysbench-oltp_read_write.out)"
updates=0
for mode in disable auto; do
    before=$updates
    ran oltp_read_write "while the router is replaced, prepared statements: $mode" --db-ps-mode="$mode" --time=20 >"replaced-$mode.out" &
    running=$!
    while sleep 1 && kill -0 "$running" 2>/dev/null; do
        updates=$((updates + 1))
        cp "$PENSTOCK_HOME"/system/"$router"-*.jar "$router.jar"
        printf 'Bundle-Version: 0.1.%s\n' "$updates" >raised.mf
        "${JAVA_HOME:+$JAVA_HOME/bin/}jar" ufm "$router.jar" raised.mf 2>/dev/null
        succeeds "update $updates" console "update $router file:$PWD/$router.jar"
    done
    wait "$running"
    cat "replaced-$mode.out"
    ! grep -q '^FAILED' "replaced-$mode.out" || EXTRA_FAILED=$((EXTRA_FAILED + 1))
    succeeds "the router was replaced several times, prepared statements: $mode" test $((updates - before)) -ge 3
    contains "the router's version at the end, prepared statements: $mode" "0.1.$updates" "$(console mod:list | grep "$router")"
    # what sysbench passes over, and counts as ignored, are deadlocks of its own statements
    same "connections lost, prepared statements: $mode" 0 "$(sed -n 's/.*reconnects: *\([0-9]*\).*/\1/p' sysbench-oltp_read_write.out)"
    same_everywhere "the router was replaced, prepared statements: $mode"
done
penstock_is_clean
