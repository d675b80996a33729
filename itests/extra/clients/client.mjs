// mysql2: see README.md. Its folder is NODE_MODULES.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const mysql = createRequire(process.env.NODE_MODULES + '/')('mysql2/promise');
const [host, port, user, password, database, ca, label] = process.argv.slice(2);
const table = `js_${label}`;

const say = (...what) => console.log(what.map(w => typeof w === 'string' ? w : JSON.stringify(w)).join(' ').replaceAll(table, 'T'));
const digest = value => createHash('md5').update(value).digest('hex');
const shown = value => Buffer.isBuffer(value) ? `${value.length} bytes ${digest(value)}`
    : typeof value === 'string' && value.length > 100 ? `${value.length} ${digest(value)}` : value;

function options(more = {}) {
    const tls = ca === '-' ? {} : { ssl: { ca: readFileSync(ca), rejectUnauthorized: true } };
    return { host, port: Number(port), user, password, database, charset: 'utf8mb4', multipleStatements: true, supportBigNumbers: true, rowsAsArray: true,
        compress: !!process.env.COMPRESSED, ...tls, ...more };
}

function print(rows, fields) {
    if (Array.isArray(rows) && Array.isArray(fields) && rows.some((r, i) => fields[i] === undefined || Array.isArray(fields[i]))) {
        rows.forEach((r, i) => print(r, fields[i]));
    } else if (Array.isArray(rows)) {
        say('  columns', (fields ?? []).map(f => [f.name, f.columnType, f.columnLength, f.characterSet, f.flags]));
        rows.slice(0, 5).forEach(row => say(' ', row.map(shown)));
        say('  rows', rows.length, digest(JSON.stringify(rows)));
    } else {
        say('  ok', rows.affectedRows, rows.insertId, rows.warningStatus, rows.info, rows.serverStatus);
    }
}

async function run(connection, text, values, how = 'query') {
    say(text);
    try {
        print(...await connection[how](text, values));
    } catch (e) {
        say('  error', e.errno, e.sqlState, e.sqlMessage);
    }
}

const connection = await mysql.createConnection(options());
await run(connection, 'SELECT VERSION(), @@character_set_client');
await run(connection, `DROP TABLE IF EXISTS ${table}`);
await run(connection, `CREATE TABLE ${table} (id BIGINT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), data LONGBLOB, amount DECIMAL(20,4), j JSON) DEFAULT CHARSET utf8mb4`);
const blob = Buffer.alloc(2000000, 'Penstock\0\xff', 'latin1');
await run(connection, `INSERT INTO ${table} (name, data, amount) VALUES (?, ?, ?)`, ['漢字 🐎 \'"\\', blob, '1.5']);
await run(connection, `INSERT INTO ${table} (name, data, amount, j) VALUES (?, ?, ?, ?)`, ['execute ž', blob, -2.25, '{"a": [1, null]}'], 'execute');
await run(connection, `INSERT INTO ${table} (name) VALUES (?)`, [null], 'execute');
await run(connection, `SELECT * FROM ${table} ORDER BY id`);
for (const from of [0, 1, 2, 99]) await run(connection, `SELECT * FROM ${table} WHERE id > ? ORDER BY id`, [from], 'execute');
await run(connection, `SELECT ? + ?, ?, ?`, [1, 2.5, null, 'text'], 'execute');
await connection.beginTransaction();
await run(connection, `DELETE FROM ${table}`);
await connection.rollback();
await run(connection, `SELECT COUNT(*) FROM ${table}`);
await connection.beginTransaction();
await run(connection, `UPDATE ${table} SET name = 'kept' WHERE id = 1`);
await connection.commit();
await run(connection, `SELECT 1; SELECT 'zwei' AS two; DO 1; SELECT 3`);
await run(connection, 'SELECT 1; SELECT * FROM no_such_table; SELECT 2');
await run(connection, 'SELEC');
await run(connection, `INSERT INTO ${table} (id) VALUES (?)`, [1], 'execute');
await run(connection, 'SELECT * FROM no_such_table', [], 'execute');
await run(connection, `DROP PROCEDURE IF EXISTS ${table}_p`);
await run(connection, `CREATE PROCEDURE ${table}_p(IN a INT, OUT b INT) BEGIN SELECT a; SELECT a, 'more'; SET b = a * 2; END`);
await run(connection, `CALL ${table}_p(4, @b); SELECT @b`);
await run(connection, `CALL ${table}_p(?, @b)`, [5], 'execute');
await run(connection, `DROP PROCEDURE ${table}_p`);
// Pipelined: the driver sends each as soon as the one before is answered; the order of answers is that of questions.
say((await Promise.all(Array.from({ length: 200 }, (_, i) => connection.query(`SELECT ${i} AS n`)))).map(([rows]) => rows[0][0]).join());
let rows = 0, bytes = 0;
await new Promise((resolve, reject) => connection.connection.query('SELECT seq, REPEAT("x", 2000) FROM seq_1_to_5000').stream()
    .on('data', row => { rows++; bytes += row[1].length; }).on('end', resolve).on('error', reject));
say('streamed', rows, bytes);
await run(connection, 'SET @mine = 5');
await connection.changeUser({ user, password, database: 'mysql' });
await run(connection, 'SELECT @mine, DATABASE(), CURRENT_USER()');
await connection.changeUser({ user, password, database });
await connection.ping();
await run(connection, `DROP TABLE ${table}`);
await connection.end();

const pool = mysql.createPool(options({ connectionLimit: 5 }));
say((await Promise.all(Array.from({ length: 40 }, (_, i) => pool.execute('SELECT ? * 2', [i])))).map(([r]) => r[0][0]).join());
await pool.end();
for (const wrong of [{ password: 'wrong' }, { user: 'nobody' }, { database: 'nowhere' }]) {
    try {
        await (await mysql.createConnection(options(wrong))).end();
        say('accepted', wrong);
    } catch (e) {
        say('refused', wrong, e.errno, e.sqlState, e.sqlMessage);
    }
}
say('done');
