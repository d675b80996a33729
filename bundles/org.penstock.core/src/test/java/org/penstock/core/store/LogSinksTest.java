package org.penstock.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.admin.ObjectKind;
import org.penstock.api.session.LogSink;
import org.penstock.api.session.LogSink.Options;

class LogSinksTest {
    private static final Options AT_ONCE = new Options(true, true, "");

    @TempDir
    private Path directory;

    private LogSinks sinks;

    @BeforeEach
    void start() {
        sinks = new LogSinks(() -> directory);
    }

    @AfterEach
    void stop() throws InterruptedException {
        sinks.close();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void awaitContent(Path file, String expected) throws IOException, InterruptedException {
        await(() -> Files.exists(file) && Files.readString(file).equals(expected));
    }

    @Test
    void shouldWriteLinesInOrder() throws Exception {
        LogSink sink = sinks.open(Path.of("sub/a.log"), AT_ONCE);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            assertThat(sink.write("line " + i)).isTrue();
            expected.append("line ").append(i).append('\n');
        }
        awaitContent(directory.resolve("sub/a.log"), expected.toString());
    }

    @Test
    void shouldWriteWithinASecondWithoutFlush() throws Exception {
        LogSink sink = sinks.open(Path.of("a.log"), new Options(true, false, ""));
        sink.write("x");
        awaitContent(directory.resolve("a.log"), "x\n");
    }

    @Test
    void shouldShareFileByPath() throws Exception {
        LogSink old = sinks.open(Path.of("a.log"), new Options(false, true, "head"));
        old.write("1");
        LogSink successor = sinks.open(directory.resolve("b/../a.log"), new Options(false, true, "head"));
        successor.write("2");
        old.close();
        old.close();
        assertThat(old.write("late")).isFalse();
        successor.write("3");
        awaitContent(directory.resolve("a.log"), "head\n1\n2\n3\n");
    }

    @Test
    void shouldTruncateOrAppendAsTold() throws Exception {
        Path file = directory.resolve("a.log");
        Files.writeString(file, "old\n");
        sinks.open(file, new Options(true, true, "head")).write("1");
        awaitContent(file, "old\n1\n");
        sinks.close();
        sinks = new LogSinks(() -> directory);
        sinks.open(file, new Options(false, true, "head")).write("2");
        awaitContent(file, "head\n2\n");
    }

    @Test
    void shouldWriteLastLinesAtClose() throws Exception {
        LogSink sink = sinks.open(Path.of("a.log"), new Options(true, false, ""));
        sink.write("1");
        sink.close();
        LogSink again = sinks.open(Path.of("a.log"), new Options(true, false, ""));
        again.write("2");
        sinks.close();
        assertThat(directory.resolve("a.log")).hasContent("1\n2");
        assertThat(again.write("3")).isFalse();
    }

    @Test
    void shouldOpenAnewWhenRotated() throws Exception {
        Path file = directory.resolve("a.log");
        LogSink sink = sinks.open(file, new Options(false, true, "head"));
        sink.write("1");
        awaitContent(file, "head\n1\n");
        Files.move(file, directory.resolve("a.log.1"));
        sinks.run();
        sink.write("2");
        awaitContent(file, "head\n2\n");
        assertThat(directory.resolve("a.log.1")).hasContent("head\n1");
    }

    @Test
    void shouldSurviveRemovedDirectory() throws Exception {
        Path file = directory.resolve("d/a.log");
        LogSink sink = sinks.open(file, AT_ONCE);
        sink.write("1");
        awaitContent(file, "1\n");
        Files.delete(file);
        Files.delete(file.getParent());
        sink.write("2");
        awaitContent(file, "2\n");
    }

    @Test
    void shouldKeepLinesWhileFileCannotBeWritten() throws Exception {
        Path obstacle = directory.resolve("d");
        Files.writeString(obstacle, "no directory");
        LogSink sink = sinks.open(Path.of("d/a.log"), AT_ONCE);
        sink.write("1");
        LogSink other = sinks.open(Path.of("other.log"), AT_ONCE);
        other.write("x");
        awaitContent(directory.resolve("other.log"), "x\n");
        Files.delete(obstacle);
        sink.write("2");
        awaitContent(directory.resolve("d/a.log"), "1\n2\n");
        assertThat(sink.dropped()).isZero();
    }

    @Test
    void shouldDropAndCountWhenDiskIsFull() {
        LogSink sink = sinks.open(Path.of("/dev/full"), AT_ONCE);
        int kept = 0;
        for (int i = 0; i < LogSink.MAX_QUEUED_LINES + 100; i++) {
            kept += sink.write("line") ? 1 : 0;
        }
        assertThat(kept).isEqualTo(LogSink.MAX_QUEUED_LINES);
        assertThat(sink.dropped()).isEqualTo(100);
    }

    @Test
    void shouldLoseNothingBetweenManyWriters() throws Exception {
        LogSink sink = sinks.open(Path.of("a.log"), new Options(true, false, ""));
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String name = "t" + t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 1000; i++) {
                    sink.write(name);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Path file = directory.resolve("a.log");
        await(() -> Files.exists(file) && Files.readAllLines(file).size() == 4000);
        assertThat(sink.dropped()).isZero();
    }

    @Test
    void shouldGiveModulesTheirContext() throws Exception {
        DefaultModuleContext context = new DefaultModuleContext(ObjectKind.FILTER, "log", new Stores(), sinks);
        assertThat(context.name()).isEqualTo("log");
        context.store().counter("n").increment();
        context.log(Path.of("m.log"), AT_ONCE).write("hello");
        awaitContent(directory.resolve("m.log"), "hello\n");
    }
}
