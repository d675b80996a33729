# shellcheck shell=bash disable=SC2015
# What parts use; sourced by run before each. A part's directory is the current one; what it started is ended when it ends, by pid.
set -uo pipefail

EXTRA_PIDS=()
EXTRA_FAILED=0

# --- Checks: one line each. A part goes on after a check that failed, `fatal` ends it.

ok() {
    printf 'ok %s\n' "$1"
}

failed() {
    EXTRA_FAILED=$((EXTRA_FAILED + 1))
    printf 'FAILED %s\n' "$1"
    [ $# -lt 2 ] || printf '%s\n' "$2" | head -n 40 | sed 's/^/    /'
}

fatal() {
    failed "$@"
    exit 1
}

# same WHAT EXPECTED ACTUAL
same() {
    if [ "$2" = "$3" ]; then
        ok "$1"
    else
        failed "$1" "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") | sed 's/^</expected/; s/^>/actual  /')"
    fi
}

# contains WHAT PART WHOLE
contains() {
    if [[ "$3" == *"$2"* ]]; then
        ok "$1"
    else
        failed "$1" "expected $2 in: $3"
    fi
}

# succeeds WHAT COMMAND...: its output is shown when it does not.
succeeds() {
    local what=$1 output
    shift
    if output=$("$@" 2>&1); then
        ok "$what"
    else
        failed "$what" "$output"
    fi
}

# fails WHAT PART COMMAND...: the command does not succeed and says this.
fails() {
    local what=$1 part=$2 output
    shift 2
    if output=$("$@" 2>&1); then
        failed "$what" "it succeeded: $output"
    else
        contains "$what" "$part" "$output"
    fi
}

# as_directly WHAT DIRECT-PORT PORT OPTION...: `client` says the same through PORT as at the server, and succeeds.
as_directly() {
    local what=$1 direct=$2 port=$3 expected actual
    shift 3
    expected=$(client "$direct" "$@" 2>&1) || {
        failed "$what" "directly: $expected"
        return
    }
    actual=$(client "$port" "$@" 2>&1)
    same "$what" "$expected" "$actual"
}

# --- Waiting

# until_true SECONDS COMMAND...
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.1
    done
}

port_open() {
    (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

# wait_port HOST PORT [SECONDS]
wait_port() {
    until_true "${3:-30}" port_open "$1" "$2" || fatal "port $2 of $1 opens"
}

# A port that nobody listens on.
free_port() {
    perl -MSocket -e 'socket(S, PF_INET, SOCK_STREAM, 0) or die; bind(S, sockaddr_in(0, INADDR_LOOPBACK)) or die;
        print((sockaddr_in(getsockname(S)))[0])'
}

# --- Processes

# background NAME COMMAND...: its outputs go to NAME.log, BACKGROUND_PID is its pid, and it is ended with the part.
background() {
    local name=$1
    shift
    "$@" >"$name.log" 2>&1 </dev/null &
    BACKGROUND_PID=$!
    EXTRA_PIDS+=("$BACKGROUND_PID")
}

# end_process PID: SIGTERM, after 15 s SIGKILL.
end_process() {
    kill -TERM "$1" 2>/dev/null || return 0
    until_true 15 eval "! kill -0 $1" || kill -KILL "$1" 2>/dev/null
    wait "$1" 2>/dev/null
    return 0
}

# at_end COMMAND...: runs when the part ends, however it does, before processes are ended; the last first.
EXTRA_AT_END=()
at_end() {
    EXTRA_AT_END=("$(printf '%q ' "$@")" ${EXTRA_AT_END[@]+"${EXTRA_AT_END[@]}"})
}

part_ends() {
    exit $((EXTRA_FAILED > 0))
}

clean_up() {
    local status=$? index command
    trap - EXIT TERM INT
    for command in ${EXTRA_AT_END[@]+"${EXTRA_AT_END[@]}"}; do
        eval "$command"
    done
    for ((index = ${#EXTRA_PIDS[@]} - 1; index >= 0; index--)); do
        end_process "${EXTRA_PIDS[index]}"
    done
    if [ "$status" -ne 0 ]; then
        local log
        for log in *.log; do
            [ -s "$log" ] && printf -- '-- the end of %s\n' "$log" && tail -n 25 -- "$log"
        done
    fi
    exit "$status"
}
trap clean_up EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# --- Servers

# start_mariadb NAME [OPTION...]: a MariaDB server of Debian, TLS with a certificate of its own, root without a password, account tester/secret for all.
# Sets NAME_PORT, NAME_SOCKET and NAME_PID.
start_mariadb() {
    local name=$1 port data=$PWD/$1
    shift
    port=$(free_port)
    cp -a "$EXTRA_TEMPLATE" "$data" && chmod 711 "$data" || fatal "the data directory of $name"
    certificate "$name"
    background "$name" mariadbd --no-defaults --user=mysql --datadir="$data" --socket="$data/socket" --pid-file="$data/pid" \
        --bind-address=127.0.0.1 --port="$port" --skip-name-resolve --innodb-buffer-pool-size=32M --innodb-log-file-size=16M \
        --innodb-flush-log-at-trx-commit=0 --log-bin=binlog --server-id="$port" --gtid-domain-id=0 --local-infile=1 --character-set-server=utf8mb4 \
        --ssl-cert="$PWD/$name.crt" --ssl-key="$PWD/$name.key" --ssl-ca="$PWD/ca.crt" "$@"
    printf -v "${name}_PORT" %s "$port"
    printf -v "${name}_SOCKET" %s "$data/socket"
    printf -v "${name}_PID" %s "$BACKGROUND_PID"
    until_true 60 root_sql "$name" 'SELECT 1' || fatal "$name starts"
    root_sql "$name" "CREATE USER tester@'%' IDENTIFIED BY 'secret'; GRANT ALL ON *.* TO tester@'%' WITH GRANT OPTION; CREATE DATABASE test" >/dev/null ||
        fatal "the accounts of $name"
}

# root_sql NAME STATEMENTS: as root over the server's own socket; rows without headings.
root_sql() {
    local socket="${1}_SOCKET"
    timeout 60 mariadb --no-defaults -u root --socket="${!socket}" -N -B -e "$2"
}

# certificate NAME: NAME.key and NAME.crt for localhost, 127.0.0.1 and ::1, signed by ca.crt of this directory, made when it is not there.
certificate() {
    if [ ! -f ca.crt ]; then
        openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 60 -subj '/CN=Penstock test CA' 2>/dev/null ||
            fatal 'the CA is made'
    fi
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=localhost" 2>/dev/null &&
        openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 60 -out "$1.crt" \
            -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1') 2>/dev/null || fatal "the certificate of $1"
    chmod 644 "$1.key"
}

# system_file PATH <...: standard input (no pipe) becomes a file of this machine until the part ends; what was there is put back.
system_file() {
    if [ -e "$1" ]; then
        cp -a -- "$1" "saved-$(basename "$1")" && at_end cp -a -- "$PWD/saved-$(basename "$1")" "$1"
    else
        at_end rm -f -- "$1"
    fi
    cat >"$1" || fatal "$1 can be written"
}

# --- Penstock

# Lines of a server's section: TLS with this directory's CA.
tls_to_server() {
    printf 'ssl=true\nssl_ca=%s\nssl_verify_peer_certificate=true\nssl_verify_peer_host=true\n' "$PWD/ca.crt"
}

# tls_of CERTIFICATE-NAME: lines of a listener's section.
tls_of() {
    printf 'ssl=true\nssl_cert=%s\nssl_key=%s\n' "$PWD/$1.crt" "$PWD/$1.key"
}

# server_section NAME: the section of a started server, with further lines of yours.
server_section() {
    local name=$1 port="${1}_PORT" line
    shift
    printf '[%s]\ntype=server\naddress=127.0.0.1\nport=%s\n' "$name" "${!port}"
    for line; do printf '%s\n' "$line"; done
    printf '\n'
}

# service_section NAME SERVERS [LINE...]: readconnroute with the account tester.
service_section() {
    local name=$1 servers=$2 line
    shift 2
    printf '[%s]\ntype=service\nrouter=readconnroute\nrouter_options=running\nservers=%s\nuser=tester\npassword=secret\n' "$name" "$servers"
    for line; do printf '%s\n' "$line"; done
    printf '\n'
}

# monitor_section SERVERS [INTERVAL]: a server is down when it has been silent five times in a row, since suites keep machines busy.
monitor_section() {
    printf '[Monitor]\ntype=monitor\nmodule=mysqlmon\nservers=%s\nuser=tester\npassword=secret\nmonitor_interval=%s\nbackend_connect_attempts=5\n\n' \
        "$1" "${2:-500ms}"
}

# listener_section NAME SERVICE PORT [LINE...]; a PORT with a slash is a unix socket.
listener_section() {
    local name=$1 service=$2 port=$3 line
    shift 3
    printf '[%s]\ntype=listener\nservice=%s\n' "$name" "$service"
    case $port in
        */*) printf 'socket=%s\n' "$port" ;;
        *) printf 'address=127.0.0.1\nport=%s\n' "$port" ;;
    esac
    for line; do printf '%s\n' "$line"; done
    printf '\n'
}

# start_penstock CONFIGURATION-FILE [NAME] [VARIABLE=VALUE...]: waits until every listener is open. Sets PENSTOCK_PID; its log is NAME.log (penstock.log without a name).
start_penstock() {
    local file=$1 name=${2:-penstock}
    shift $(($# < 2 ? $# : 2))
    background "$name" env PENSTOCK_STOP_TIMEOUT=5 \
        JAVA_OPTS="-Xmx512m -Dio.netty.leakDetection.level=paranoid ${JAVA_OPTS:-}" "$@" \
        "$PENSTOCK_HOME/bin/penstock" run -f "$file" -D "$PWD/$name.data"
    PENSTOCK_PID=$BACKGROUND_PID
    penstock_log=$name.log
    until_true 90 eval "grep -q '^READY' '$penstock_log' || ! kill -0 $PENSTOCK_PID"
    grep -q '^READY' "$penstock_log" || fatal "$name is ready"
}

# No leak of a buffer and no exception that nobody expected in Penstock's log.
penstock_is_clean() {
    same "no leak, no unexpected exception in ${penstock_log}" '' \
        "$(grep -E 'LEAK:|NullPointerException|IllegalStateException|ClassCastException|IndexOutOfBounds|OutOfMemory' "$penstock_log" | head -n 5)"
}

# --- Clients

# client PORT [OPTION...]: the command-line client as tester, over TCP without TLS; rows without headings.
client() {
    local port=$1
    shift
    timeout 60 mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$port" -u tester -psecret --skip-ssl -N -B "$@"
}

# account_client PORT USER PASSWORD [OPTION...]: the same as someone else, TLS as the options say.
account_client() {
    local port=$1 user=$2 password=$3
    shift 3
    MYSQL_PWD=$password timeout 60 mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$port" -u "$user" -N -B "$@"
}

# build_change_user: the program clients/change-user.c, as ./change-user; the part names gcc, libc6-dev and libmariadb-dev among its packages.
build_change_user() {
    # shellcheck disable=SC2046 # words
    gcc -O1 -Wall -Werror -o change-user "$EXTRA_HOME/clients/change-user.c" $(mariadb_config --include) $(mariadb_config --libs) >gcc.log 2>&1 ||
        fatal 'the program in C compiles'
}

# change_user PORT CA|- plain|compressed USER PASSWORD [USER PASSWORD]...: what that program prints.
change_user() {
    timeout 60 ./change-user 127.0.0.1 "$@" 2>&1
}
