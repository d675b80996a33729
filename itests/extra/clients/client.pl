# DBD::MariaDB: see README.md.
use strict;
use warnings;
use utf8;
use DBI;
use Digest::MD5 qw(md5_hex);
use Encode qw(encode_utf8);

binmode STDOUT, ':encoding(UTF-8)';
my ($host, $port, $user, $password, $database, $ca, $label) = @ARGV;
my $table = "pl_$label";

sub say_line {
    my $line = join ' ', map { defined $_ ? $_ : 'undef' } @_;
    $line =~ s/\Q$table\E/T/g;
    print "$line\n";
}

sub login {
    my ($as, $secret, $into, $more) = @_;
    my $tls = $ca eq '-' ? '' : ";mariadb_ssl=1;mariadb_ssl_ca_file=$ca";
    return DBI->connect("DBI:MariaDB:database=$into;host=$host;port=$port;mariadb_multi_statements=1;mariadb_local_infile=1$tls",
        $as, $secret, {RaiseError => 0, PrintError => 0, AutoCommit => 1, %{$more || {}}});
}

sub shown {
    my ($value) = @_;
    return 'NULL' if !defined $value;
    return length($value) . ' ' . md5_hex(utf8::is_utf8($value) ? encode_utf8($value) : $value) if length $value > 60;
    return $value =~ /[^[:print:]]/ ? unpack('H*', utf8::is_utf8($value) ? encode_utf8($value) : $value) : $value;
}

sub run_text {
    my ($connection, $text, $attributes, @values) = @_;
    say_line($text);
    my $statement = $connection->prepare($text, $attributes) or return say_line('  error', $connection->err, $connection->state, $connection->errstr);
    $statement->execute(@values) or return say_line('  error', $statement->err, $statement->state, $statement->errstr);
    while (1) {
        if ($statement->{NUM_OF_FIELDS}) {
            say_line('  columns', map({ "$_" } @{$statement->{NAME}}), map({ defined $_ ? $_ : '-' } @{$statement->{mariadb_type}}));
            my ($count, $all) = (0, '');
            while (my $row = $statement->fetchrow_arrayref) {
                my $line = join ' | ', map { shown($_) } @$row;
                say_line("  $line") if $count++ < 5;
                $all = md5_hex($all . encode_utf8($line));
            }
            say_line('  rows', $count, $all);
        } else {
            say_line('  affected', $statement->rows, 'id', $statement->{mariadb_insertid}, 'warnings', $statement->{mariadb_warning_count});
        }
        last if !$statement->more_results;
    }
    say_line('  error', $statement->err, $statement->errstr) if $statement->err;
    return;
}

my $connection = login($user, $password, $database) or die "login: $DBI::errstr\n";
say_line('server', $connection->{mariadb_serverinfo}, $connection->{mariadb_serverversion});
my %prepared = (mariadb_server_prepare => 1);
run_text($connection, "DROP TABLE IF EXISTS $table");
run_text($connection, "CREATE TABLE $table (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), data LONGBLOB, amount DECIMAL(20,4)) DEFAULT CHARSET utf8mb4");
run_text($connection, "INSERT INTO $table (name, amount) VALUES (?, ?)", {}, '漢字 🐎', '1.5');
run_text($connection, "INSERT INTO $table (name, amount) VALUES (?, ?)", \%prepared, "p\x{159}ipraven\x{fd}", -2);
my $insert = $connection->prepare("INSERT INTO $table (name, data) VALUES (?, ?)", \%prepared);
$insert->bind_param(1, undef);
$insert->bind_param(2, join('', map { chr } 0 .. 255) x 4096, DBI::SQL_BLOB());
say_line('blob', $insert->execute, $insert->{mariadb_insertid});
run_text($connection, "SELECT * FROM $table WHERE id > ? ORDER BY id", \%prepared, 0);
run_text($connection, "SELECT * FROM $table ORDER BY id");
run_text($connection, 'SELECT seq, REPEAT("x", 500) FROM seq_1_to_2000', {mariadb_use_result => 1});
$connection->begin_work;
run_text($connection, "DELETE FROM $table");
$connection->rollback;
run_text($connection, "SELECT COUNT(*) FROM $table");
$connection->{AutoCommit} = 0;
run_text($connection, "UPDATE $table SET name = 'kept' WHERE id = 1");
$connection->commit;
$connection->{AutoCommit} = 1;
run_text($connection, "SELECT 1; SELECT 'zwei' AS two; SELECT 3");
run_text($connection, 'SELEC');
run_text($connection, "INSERT INTO $table (id) VALUES (1)", \%prepared);
run_text($connection, 'SELECT * FROM no_such_table', \%prepared);
run_text($connection, 'SELECT 1/0');
run_text($connection, 'SHOW WARNINGS');
run_text($connection, "DROP PROCEDURE IF EXISTS ${table}_p");
run_text($connection, "CREATE PROCEDURE ${table}_p(IN a INT, OUT b INT) BEGIN SELECT a; SELECT a, 'more'; SET b = a * 2; END");
run_text($connection, "CALL ${table}_p(4, \@b)");
run_text($connection, 'SELECT @b');
run_text($connection, "DROP PROCEDURE ${table}_p");
say_line('ping', $connection->ping ? 1 : 0);
my $columns = $connection->column_info(undef, $database, $table, '%')->fetchall_arrayref;
say_line('column_info', scalar @$columns, map { $_->[3] } @$columns);
run_text($connection, "DROP TABLE $table");
$connection->disconnect;
for my $wrong ([$user, 'wrong', $database], ['nobody', $password, $database], [$user, $password, 'nowhere']) {
    my $other = login(@$wrong);
    say_line($other ? 'accepted' : 'refused', $DBI::err, $DBI::errstr);
}
say_line('done');
