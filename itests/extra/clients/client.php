<?php
// mysqli and PDO with mysqlnd: see README.md.
[, $host, $port, $user, $password, $database, $ca, $label] = $argv;
$table = "php_$label";
mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);

function say(...$what): void
{
    global $table;
    echo str_replace($table, 'T', implode(' ', array_map(fn ($w) => is_string($w) ? $w : json_encode($w, JSON_UNESCAPED_UNICODE), $what))), "\n";
}

function shown(array $row): array
{
    return array_map(fn ($v) => is_string($v) && strlen($v) > 100 ? strlen($v) . ' bytes ' . md5($v) : (is_string($v) && !preg_match('//u', $v) ? bin2hex($v) : $v), $row);
}

function run(mysqli $connection, string $text, int $mode = MYSQLI_STORE_RESULT): void
{
    say($text);
    try {
        $connection->multi_query($text);
        do {
            $result = $mode == MYSQLI_USE_RESULT ? $connection->use_result() : $connection->store_result();
            if ($result) {
                say('  columns', array_map(fn ($f) => [$f->name, $f->type, $f->length, $f->charsetnr, $f->flags], $result->fetch_fields()));
                $rows = 0;
                $all = '';
                while ($row = $result->fetch_row()) {
                    if ($rows++ < 5) {
                        say(' ', shown($row));
                    }
                    $all .= md5(serialize($row));
                }
                say('  rows', $rows, md5($all));
                $result->free();
            } else {
                say('  affected', $connection->affected_rows, 'id', $connection->insert_id, 'warnings', $connection->warning_count, 'info', (string) $connection->info);
            }
        } while ($connection->more_results() && $connection->next_result());
    } catch (mysqli_sql_exception $e) {
        say('  error', $e->getCode(), $e->getSqlState(), $e->getMessage());
    }
}

function login(string $user, string $password, ?string $database): mysqli
{
    global $host, $port, $ca;
    $connection = mysqli_init();
    $connection->options(MYSQLI_OPT_LOCAL_INFILE, true);
    if ($ca !== '-') {
        $connection->ssl_set(null, null, $ca, null, null);
    }
    $flags = ($ca === '-' ? 0 : MYSQLI_CLIENT_SSL) | (getenv('COMPRESSED') ? MYSQLI_CLIENT_COMPRESS : 0);
    $connection->real_connect($host, $user, $password, $database, (int) $port, null, $flags);
    $connection->set_charset('utf8mb4');
    return $connection;
}

$connection = login($user, $password, $database);
say('server', $connection->server_info, 'charset', $connection->character_set_name());
run($connection, "DROP TABLE IF EXISTS $table");
run($connection, "CREATE TABLE $table (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), data LONGBLOB, amount DECIMAL(20,4), f DOUBLE) DEFAULT CHARSET utf8mb4");
run($connection, "INSERT INTO $table (name, data, amount, f) VALUES ('漢字 🐎', x'00ff27', 1.5, 0.1), (NULL, NULL, NULL, NULL)");
$blob = str_repeat(implode('', array_map('chr', range(0, 255))), 4096);
$statement = $connection->prepare("INSERT INTO $table (name, data, amount, f) VALUES (?, ?, ?, ?)");
[$name, $data, $amount, $number] = ['prepared ž', null, '-1.25', 2.5];
$statement->bind_param('sbsd', $name, $data, $amount, $number);
foreach (str_split($blob, 300000) as $piece) {
    $statement->send_long_data(1, $piece);
}
$statement->execute();
say('prepared', $statement->affected_rows, $statement->insert_id);
$statement->close();
$statement = $connection->prepare("SELECT id, name, data, amount, f FROM $table WHERE id >= ? ORDER BY id");
foreach ([1, 3, 99] as $from) {
    $statement->bind_param('i', $from);
    $statement->execute();
    say("from $from", array_map('shown', $statement->get_result()->fetch_all()));
}
$statement->close();
try {
    $connection->prepare('SELECT * FROM no_such_table');
} catch (mysqli_sql_exception $e) {
    say('prepare', $e->getCode(), $e->getMessage());
}
run($connection, 'SELECT seq, REPEAT("x", 1000) FROM seq_1_to_3000', MYSQLI_USE_RESULT);
$connection->begin_transaction();
run($connection, "UPDATE $table SET name = 'changed'");
$connection->rollback();
run($connection, "SELECT COUNT(*) FROM $table WHERE name = 'changed'");
$connection->autocommit(false);
run($connection, "DELETE FROM $table WHERE id = 2");
$connection->commit();
$connection->autocommit(true);
run($connection, "SELECT 1; SELECT 'zwei' AS two; DO 1; SELECT broken");
run($connection, 'SELEC');
run($connection, "INSERT INTO $table (id) VALUES (1)");
run($connection, 'SELECT 1/0; SHOW WARNINGS');
run($connection, "DROP PROCEDURE IF EXISTS {$table}_p");
run($connection, "CREATE PROCEDURE {$table}_p(IN a INT, OUT b INT) BEGIN SELECT a; SELECT a, 'more'; SET b = a * 2; END");
run($connection, "CALL {$table}_p(4, @b); SELECT @b");
run($connection, "DROP PROCEDURE {$table}_p");
$file = tempnam(sys_get_temp_dir(), 'load');
file_put_contents($file, implode('', array_map(fn ($i) => (1000 + $i) . "\tline $i\n", range(0, 4999))));
say('load', $connection->real_query("LOAD DATA LOCAL INFILE '$file' INTO TABLE $table (id, name)"), $connection->affected_rows, (string) $connection->info);
unlink($file);
run($connection, 'SET @mine = 7');
say('change_user', $connection->change_user($user, $password, 'mysql'));
run($connection, 'SELECT @mine, DATABASE(), CURRENT_USER()');
$connection->select_db($database);
say('stat', str_starts_with((string) $connection->stat(), 'Uptime'));
run($connection, "SELECT COUNT(*), MAX(name) FROM $table");
$connection->close();

$options = [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_EMULATE_PREPARES => false];
if ($ca !== '-') {
    $options[PDO::MYSQL_ATTR_SSL_CA] = $ca;
}
$pdo = new PDO("mysql:host=$host;port=$port;dbname=$database;charset=utf8mb4", $user, $password, $options);
$statement = $pdo->prepare("SELECT id, name, amount FROM $table WHERE id < :limit OR name = :name ORDER BY id");
$statement->execute(['limit' => 10, 'name' => '漢字 🐎']);
say('pdo', $statement->fetchAll(PDO::FETCH_NUM));
$pdo->beginTransaction();
say('pdo', $pdo->exec("DELETE FROM $table WHERE id >= 1000"));
$pdo->rollBack();
say('pdo', $pdo->query("SELECT COUNT(*) FROM $table")->fetchColumn());
try {
    $pdo->query('SELECT * FROM no_such_table');
} catch (PDOException $e) {
    say('pdo', $e->getMessage(), $e->errorInfo);
}
$pdo->exec("DROP TABLE $table");
$pdo = null;
foreach ([[$user, 'wrong', $database], ['nobody', $password, $database], [$user, $password, 'nowhere']] as $wrong) {
    try {
        login(...$wrong);
        say('accepted', $wrong);
    } catch (mysqli_sql_exception $e) {
        say('refused', $e->getCode(), $e->getMessage());
    }
}
echo "done\n";
