"""PyMySQL: see README.md."""

import datetime
import decimal
import hashlib
import sys
import tempfile

import pymysql
from pymysql.constants import CLIENT
from pymysql.cursors import DictCursor, SSCursor

host, port, user, password, database, ca, label = sys.argv[1:]
table = f"py_{label}"


def connect(**more):
    options = dict(host=host, port=int(port), user=user, password=password, database=database, charset="utf8mb4", local_infile=True)
    if ca != "-":
        options["ssl"] = {"ca": ca}
    else:
        options["ssl_disabled"] = True
    options.update(more)
    return pymysql.connect(**options)


def say(*what):
    print(*(str(w).replace(table, "T") for w in what))


def shown(value):
    if isinstance(value, (bytes, bytearray)):
        return f"{len(value)} bytes {hashlib.md5(value).hexdigest()}"
    return repr(value)


def run(connection, text, arguments=None, cursor_class=None):
    say(text)
    with connection.cursor(cursor_class) as cursor:
        try:
            cursor.execute(text, arguments)
            while True:
                if cursor.description:
                    say(" ", [(d[0], d[1], d[3], d[6]) for d in cursor.description])
                    rows = cursor.fetchall()
                    for row in rows[:6]:
                        say(" ", [shown(v) for v in (row.values() if isinstance(row, dict) else row)])
                    say("  rows", len(rows), hashlib.md5(repr(rows).encode()).hexdigest() if len(rows) > 6 else "")
                else:
                    say("  affected", cursor.rowcount, "id", cursor.lastrowid)
                if not cursor.nextset():
                    break
        except pymysql.Error as error:
            say("  error", type(error).__name__, error.args)


connection = connect(client_flag=CLIENT.MULTI_STATEMENTS)
say("server", connection.get_server_info(), "charset", connection.character_set_name())
run(connection, f"DROP TABLE IF EXISTS {table}")
run(connection, f"CREATE TABLE {table} (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), data LONGBLOB, amount DECIMAL(20,4), at DATETIME(6))"
    " DEFAULT CHARSET utf8mb4")
blob = bytes(range(256)) * 8192
moment = datetime.datetime(2024, 2, 29, 23, 59, 58, 123456)
run(connection, f"INSERT INTO {table} (name, data, amount, at) VALUES (%s, %s, %s, %s)",
    ("漢字 🐎 'quoted\\", blob, decimal.Decimal("-12345.6789"), moment))
run(connection, f"INSERT INTO {table} (name) VALUES (%s)", (None,))
with connection.cursor() as many:
    say("many", many.executemany(f"INSERT INTO {table} (name) VALUES (%s)", [(f"name {i}",) for i in range(500)]))
connection.commit()
run(connection, f"SELECT * FROM {table} ORDER BY id LIMIT 3")
run(connection, f"SELECT id, name FROM {table} ORDER BY id", cursor_class=DictCursor)
run(connection, f"SELECT seq, REPEAT('x', 1000) FROM seq_1_to_3000", cursor_class=SSCursor)
run(connection, f"UPDATE {table} SET name = 'rolled back'")
connection.rollback()
run(connection, f"SELECT COUNT(*) FROM {table} WHERE name = 'rolled back'")
connection.begin()
run(connection, f"DELETE FROM {table} WHERE id > 400")
connection.commit()
run(connection, f"SELECT COUNT(*) FROM {table}")
run(connection, f"SELECT 1; SELECT 'zwei' AS two; INSERT INTO {table} (name) VALUES ('x'); SELECT 3")
run(connection, "SELECT nonsense FROM")
run(connection, f"INSERT INTO {table} (id) VALUES (1)")
run(connection, "SELECT * FROM no_such_table")
run(connection, f"DROP PROCEDURE IF EXISTS {table}_p")
run(connection, f"CREATE PROCEDURE {table}_p(IN a INT, OUT b INT) BEGIN SELECT a, 'in'; SET b = a * 2; END")
with connection.cursor() as call:
    call.callproc(f"{table}_p", (21, 0))
    say("call", call.fetchall())
    while call.nextset():
        pass
    call.execute(f"SELECT @_{table}_p_1")
    say("out", call.fetchall())
run(connection, f"DROP PROCEDURE {table}_p")
with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
    file.writelines(f"{10000 + i}\tline {i} ž\n" for i in range(20000))
    file.flush()
    with connection.cursor() as load:
        say("load", load.execute(f"LOAD DATA LOCAL INFILE '{file.name}' INTO TABLE {table} CHARACTER SET utf8mb4 (id, name)"))
connection.commit()
run(connection, f"SELECT COUNT(*), MAX(name) FROM {table}")
connection.ping(reconnect=False)
connection.select_db("mysql")
run(connection, "SELECT DATABASE(), @@autocommit, CURRENT_USER()")
connection.select_db(database)
run(connection, f"DROP TABLE {table}")
connection.close()
for wrong in ({"password": "wrong"}, {"user": "nobody"}, {"database": "nowhere"}):
    try:
        connect(**wrong).close()
        say("accepted", wrong)
    except pymysql.Error as error:
        say("refused", wrong, error.args)
print("done")
