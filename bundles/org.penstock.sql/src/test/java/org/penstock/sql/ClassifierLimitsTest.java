package org.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.penstock.api.statement.Flags;
import org.penstock.api.statement.Placement;

/** Whatever the bytes: no exception, no read outside the statement, bounded time and memory, never less careful than before a mutation. */
class ClassifierLimitsTest {

    /** The budget of a statement, with room for a busy machine: CPU time, not the clock. */
    private static final long MAX_NANOS = 50_000_000;

    private static final int ATTEMPTS = 20;

    private static final List<Dialect> DIALECTS = List.of(
            Dialect.DEFAULT,
            Dialect.DEFAULT.withSqlMode(SqlMode.ANSI_QUOTES | SqlMode.NO_BACKSLASH_ESCAPES),
            Dialect.DEFAULT.withSqlMode(SqlMode.ORACLE),
            Dialect.DEFAULT.withCharset(ClientCharset.GBK),
            new Dialect(ServerFamily.MYSQL, 80036, 0, ClientCharset.GB18030));

    private final Classifier classifier = new Classifier();
    private final StructureScanner scanner = new StructureScanner();
    private final Classification statement = new Classification();

    private static List<byte[]> corpus() throws IOException {
        List<byte[]> corpus = new ArrayList<>();
        TrickyStatementsTest.rows().forEach(row -> corpus.add(row.sql().getBytes(StandardCharsets.UTF_8)));
        return corpus;
    }

    @Test
    void shouldNotThrowWhenStatementsAreCutAnywhere() throws IOException {
        for (byte[] sql : corpus()) {
            for (int to = 0; to <= sql.length; to++) {
                for (Dialect dialect : DIALECTS) {
                    classifier.classify(sql, 0, to, dialect, statement);
                    assertThat(scanner.scan(sql, 0, to, dialect, StructureScanner.STRINGS_AS_FIELDS))
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void shouldNotLookOutsideWhenTheStatementIsPartOfAnArray() throws IOException {
        byte[][] surroundings = {
            "'".getBytes(StandardCharsets.UTF_8), "*/ ; x(@a := 1) `".getBytes(StandardCharsets.UTF_8), new byte[40]
        };
        for (byte[] sql : corpus()) {
            classifier.classify(sql, 0, sql.length, Dialect.DEFAULT, statement);
            String canonical = statement.canonicalText();
            int types = statement.types();
            int flags = statement.flags();
            for (byte[] around : surroundings) {
                byte[] array = new byte[around.length * 2 + sql.length];
                System.arraycopy(around, 0, array, 0, around.length);
                System.arraycopy(sql, 0, array, around.length, sql.length);
                System.arraycopy(around, 0, array, around.length + sql.length, around.length);

                classifier.classify(array, around.length, around.length + sql.length, Dialect.DEFAULT, statement);

                assertThat(statement.canonicalText()).isEqualTo(canonical);
                assertThat(statement.types()).as(canonical).isEqualTo(types);
                assertThat(statement.flags()).isEqualTo(flags);
            }
        }
    }

    @Test
    void shouldNotThrowWhenBytesAreRandom() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> corpus = corpus();
        String tokens = "'\"`\\/*!-#;()@.:=,0xeN\n \0";
        for (int i = 0; i < 60_000; i++) {
            byte[] sql = corpus.get(random.nextInt(corpus.size())).clone();
            for (int changes = random.nextInt(6); changes >= 0 && sql.length > 0; changes--) {
                int at = random.nextInt(sql.length);
                sql[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) tokens.charAt(random.nextInt(tokens.length()));
            }
            Dialect dialect = DIALECTS.get(i % DIALECTS.size());
            try {
                classifier.classify(sql, 0, sql.length, dialect, statement);
                scanner.scan(sql, 0, sql.length, dialect, 0);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(sql, StandardCharsets.ISO_8859_1), e);
            }
        }
    }

    /** White space, comments and letter case decide nothing. */
    @Test
    void shouldKeepTheClassWhenSpacesCommentsAndCaseChange() throws IOException {
        for (TrickyStatementsTest.Row row : TrickyStatementsTest.rows()) {
            String sql = row.sql();
            if (sql.contains("maxscale")
                    || sql.contains("--")
                    || sql.contains("/*")
                    || sql.contains("'")
                    || sql.contains("\"")) {
                continue;
            }
            int mode = SqlMode.parse(row.mode());
            int before = types(sql, mode);
            assertThat(types(sql.replace(" ", " /* x */\n "), mode)).as(sql).isEqualTo(before);
            assertThat(types(sql.replace(" ", "\t"), mode)).as(sql).isEqualTo(before);
            assertThat(types(sql.toLowerCase(java.util.Locale.ROOT), mode))
                    .as(sql)
                    .isEqualTo(before);
            assertThat(types(sql + " ; ", mode)).as(sql).isEqualTo(before);
            assertThat(types("/**/" + sql + "# x", mode)).as(sql).isEqualTo(before);
        }
    }

    private int types(String sql, int mode) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        classifier.classify(bytes, 0, bytes.length, Dialect.DEFAULT.withSqlMode(mode), statement);
        return statement.types();
    }

    @Test
    void shouldStayWithinItsBudgetWhenStatementsAreMadeToBeSlow() {
        int size = StructureScanner.MAX_BYTES;
        List<String> heavy = List.of(
                "SELECT " + "(".repeat(size),
                "SELECT " + "((a)),".repeat(size / 6),
                "SELECT " + "f(".repeat(size / 2),
                "SELECT " + "a.".repeat(size / 2),
                "SELECT " + "a".repeat(size),
                "SELECT " + "'a' ".repeat(size / 4),
                "SELECT " + "''''".repeat(size / 4) + "'",
                "SELECT '" + "\\'".repeat(size / 2),
                "SELECT " + "/*".repeat(size / 2),
                "SELECT " + "/*!1*/".repeat(size / 6),
                "SELECT " + "/*!99999 /*".repeat(size / 11),
                "SELECT " + "-".repeat(size),
                "SELECT " + "- ".repeat(size / 2),
                "SELECT " + "1e".repeat(size / 2),
                "SELECT " + "1,".repeat(size / 2),
                "SELECT " + "@".repeat(size),
                "SELECT " + "#\n".repeat(size / 2),
                "SELECT " + "WITH a AS (".repeat(size / 11),
                "SELECT 1" + ";SELECT 1".repeat(size / 9),
                ";".repeat(size),
                "EXPLAIN ".repeat(size / 8),
                "SET STATEMENT a=1 FOR ".repeat(size / 22),
                "SET " + "@a=1,".repeat(size / 5),
                "INSERT INTO t VALUES " + "(1,'a'),".repeat(size / 8),
                "SELECT " + names("", "a", ",", 1000, size),
                "SELECT " + names("", "a", "()+", 1000, size),
                "SELECT " + names("", "f", "(", 250, 1000) + names("", "a", ",", 1000, size - 1000),
                "SELECT " + names("", "f", "(", 250, 1000) + names("x.", "a", "=", 1000, size - 1000),
                "SELECT " + twins(size),
                "SELECT a FROM " + names("", "t", ",", 1000, size),
                "DELETE " + names("", "a", ",", size, size / 2) + "t FROM " + names("t ", "b", ",", size, size / 2),
                "WITH " + names("", "c", " AS (SELECT 1),", 1000, size / 8) + "d AS (SELECT 1) SELECT 1 FROM "
                        + "t,".repeat(size / 3));
        List<String> slow = new ArrayList<>();
        for (String sql : heavy) {
            byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
            long classify = best(() -> classifier.classify(bytes, 0, bytes.length, Dialect.DEFAULT, statement));
            long scan = best(() -> scanner.scan(bytes, 0, bytes.length, Dialect.DEFAULT, 0));
            if (classify > MAX_NANOS || scan > MAX_NANOS) {
                slow.add(sql.substring(0, 30) + ": " + classify / 1000 + " us, " + scan / 1000 + " us");
            }
        }
        assertThat(slow).isEmpty();
    }

    /** Names with running numbers below {@code different}, until they fill that many bytes. */
    private static String names(String before, String name, String behind, int different, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < bytes; i++) {
            text.append(before).append(name).append(i % different).append(behind);
        }
        return text.toString();
    }

    /** Names whose strings have one hash. */
    private static String twins(int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < bytes; i++) {
            for (int bit = 0; bit < 10; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append(',');
        }
        return text.toString();
    }

    private static long best(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        // The first ones run in code that is not compiled yet.
        for (int i = 0; i < ATTEMPTS && best > MAX_NANOS; i++) {
            long from = threads.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, threads.getCurrentThreadCpuTime() - from);
        }
        return best;
    }

    @Test
    void shouldCutAndStayCarefulWhenTheStatementIsLong() {
        byte[] sql = ("SELECT '" + "x".repeat(Classifier.MAX_BYTES) + "'").getBytes(StandardCharsets.UTF_8);

        classifier.classify(sql, 0, sql.length, Dialect.DEFAULT, statement);
        assertThat(statement.has(Flags.CUT)).isTrue();
        assertThat(Placement.of(statement)).isEqualTo(Placement.PRIMARY);

        classifier.classifyHead(sql, 0, 100, Dialect.DEFAULT, statement);
        assertThat(statement.has(Flags.CUT)).isTrue();
        assertThat(Placement.of(statement)).isEqualTo(Placement.PRIMARY);

        byte[] names = ("SELECT " + "abc, ".repeat(Classification.MAX_CANONICAL / 4) + "d FROM t")
                .getBytes(StandardCharsets.UTF_8);
        classifier.classify(names, 0, names.length, Dialect.DEFAULT, statement);
        assertThat(statement.has(Flags.CANONICAL_CUT)).isTrue();
        assertThat(statement.canonicalLength()).isLessThanOrEqualTo(Classification.MAX_CANONICAL);
        assertThat(statement.canonicalBytes().length).isLessThanOrEqualTo(Classification.MAX_CANONICAL + Long.BYTES);
        assertThat(statement.isCacheable()).isFalse();
        assertThat(Placement.of(statement)).isEqualTo(Placement.ANY);
    }

    @Test
    void shouldAllocateNothingWhenStatementsAreClassified() throws IOException {
        List<byte[]> corpus = corpus();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long from = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < corpus.size(); i++) {
                byte[] sql = corpus.get(i);
                classifier.classify(sql, 0, sql.length, Dialect.DEFAULT, statement);
            }
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - from);
        }
        assertThat(best).isZero();
    }
}
