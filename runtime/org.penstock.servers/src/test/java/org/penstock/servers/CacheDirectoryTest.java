package org.penstock.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

    @TempDir
    Path directory;

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("content"), "whole");
    }

    @Test
    void shouldMakeAnEntryOnceWhenManyWantIt() throws IOException {
        AtomicInteger made = new AtomicInteger();
        CacheDirectory.Filler filler = target -> {
            made.incrementAndGet();
            write(target);
        };
        List<CompletableFuture<Path>> wanted = IntStream.range(0, 8)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> new CacheDirectory(directory).entry("thing-1", filler)))
                .toList();
        assertThat(wanted)
                .allSatisfy(entry -> assertThat(entry.join().resolve("content")).hasContent("whole"));
        assertThat(made).hasValue(1);
        assertThat(names()).containsExactly("lock", "thing-1");
    }

    @Test
    void shouldLeaveNothingWhenAnEntryCannotBeMade() throws IOException {
        CacheDirectory cache = new CacheDirectory(directory);
        assertThatThrownBy(() -> cache.entry("thing-1", target -> {
                    write(target);
                    throw new IOException("disk is full");
                }))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("disk is full")
                .hasMessageContaining("-Dpenstock.servers.cache=DIR");
        assertThat(names()).containsExactly("lock");
    }

    @Test
    void shouldRemoveWhatNobodyUsesAnyMoreWhenANewEntryIsMade() throws IOException {
        CacheDirectory cache = new CacheDirectory(directory);
        Path stale = cache.entry("thing-0", CacheDirectoryTest::write);
        Files.setLastModifiedTime(
                stale.resolve(".last-used"),
                FileTime.from(Instant.now().minus(CacheDirectory.KEPT_UNUSED).minusSeconds(60)));
        cache.entry("thing-1", CacheDirectoryTest::write);
        Files.createDirectory(directory.resolve("unfinished-42"));
        cache.entry("thing-2", CacheDirectoryTest::write);
        assertThat(names()).containsExactly("lock", "thing-1", "thing-2");
    }

    @Test
    void shouldLieWhereThePropertyOrTheEnvironmentSays() {
        Properties properties = new Properties();
        properties.setProperty("user.home", "/home/u");
        assertThat(CacheDirectory.located(properties, Map.of())).isEqualTo(Path.of("/home/u/.cache/penstock"));
        assertThat(CacheDirectory.located(properties, Map.of("XDG_CACHE_HOME", "/x")))
                .isEqualTo(Path.of("/x/penstock"));
        assertThat(CacheDirectory.located(properties, Map.of("XDG_CACHE_HOME", "/x", CacheDirectory.VARIABLE, "/e")))
                .isEqualTo(Path.of("/e"));
        properties.setProperty(CacheDirectory.PROPERTY, "/p");
        assertThat(CacheDirectory.located(properties, Map.of(CacheDirectory.VARIABLE, "/e")))
                .isEqualTo(Path.of("/p"));
    }
}
