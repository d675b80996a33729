package org.penstock.sql.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.penstock.sql.ClientCharset;
import org.penstock.sql.Dialect;
import org.penstock.sql.ServerFamily;

/**
 * The oracle over a large corpus. Not part of the build: the README has the command. Properties: {@code corpus}, a directory with .test files,
 * with {@code corpus.every} 7 and {@code corpus.from} 2 only each seventh from the third on;
 * {@code oracle.port}, {@code oracle.user}, {@code oracle.password} of a server of its own; {@code oracle.version}, such as 101119.
 */
final class OracleCorpus {

    private static final double MAX_KEPT = 0.03;
    private static final int SHOWN = 60;
    private static final int SLOW_SECONDS = 10;

    @Test
    void judge() throws IOException {
        Dialect dialect = new Dialect(
                ServerFamily.MARIADB, Integer.getInteger("oracle.version", 101119), 0, ClientCharset.ASCII_BASED);
        try (Oracle oracle = new Oracle(
                Integer.getInteger("oracle.port"),
                System.getProperty("oracle.user", "root"),
                System.getProperty("oracle.password", ""),
                dialect)) {
            for (Path file : files()) {
                long from = System.nanoTime();
                try {
                    oracle.judge(file.getFileName().toString(), MysqlTestFile.statements(file));
                } catch (RuntimeException e) {
                    throw new AssertionError(file.toString(), e);
                }
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - from);
                if (seconds > SLOW_SECONDS) {
                    System.out.println(file + " took " + seconds + " s");
                }
            }
            OracleCounts counts = oracle.counts();
            System.out.println(counts);
            show("unsafe", counts.unsafe);
            show("missed", counts.missedState);
            show("behind a view", counts.behindViews);
            show("by routine", counts.byRoutine);
            show("kept", counts.keptFromReplicas);
            assertThat(counts.unsafe).isEmpty();
            assertThat(counts.missedState).isEmpty();
            assertThat(counts.keptFromReplicas.size()).isLessThanOrEqualTo((int) (counts.selects * MAX_KEPT));
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("corpus")))) {
            int every = Integer.getInteger("corpus.every", 1);
            List<Path> all = files.filter(file -> file.toString().endsWith(".test"))
                    .sorted()
                    .toList();
            int from = Integer.getInteger("corpus.from", 0);
            return IntStream.range(0, all.size())
                    .filter(i -> i % every == from)
                    .mapToObj(all::get)
                    .toList();
        }
    }

    private static void show(String what, List<String> statements) {
        statements.stream().limit(SHOWN).forEach(each -> System.out.println(what + " " + each));
    }
}
