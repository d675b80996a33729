package org.penstock.config.ini;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the main file with its include directory, and the directory of changes made at run time. */
public final class ConfigFiles {
    /** Most files of one directory tree. */
    public static final int MAX_FILES = 1_000;

    /** Most bytes of one file. */
    public static final long MAX_FILE_SIZE = 4L << 20;

    private static final String SUFFIX = ".cnf";

    private ConfigFiles() {}

    /** The main file, then all {@code *.cnf} below the directory that is named like it with {@code .d} behind. */
    public static IniFile main(Path file) {
        List<IniFile> parts = new ArrayList<>();
        parts.add(read(file));
        parts.add(tree(file.resolveSibling(file.getFileName() + ".d")));
        return joined(parts);
    }

    /** All {@code *.cnf} below a directory, by name; nothing when it does not exist. */
    public static IniFile tree(Path directory) {
        if (!Files.isDirectory(directory)) {
            return new IniFile(List.of(), List.of());
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(directory)) {
            files = found.filter(path -> path.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(path))
                    .sorted()
                    .limit(MAX_FILES + 1L)
                    .toList();
        } catch (IOException e) {
            return failed(directory, "cannot be read: " + e.getMessage());
        }
        if (files.size() > MAX_FILES) {
            return failed(directory, "has more than " + MAX_FILES + " files that end in " + SUFFIX);
        }
        return joined(files.stream().map(ConfigFiles::read).toList());
    }

    private static IniFile read(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_FILE_SIZE) {
                return failed(file, "has " + size + " bytes; expected at most " + MAX_FILE_SIZE);
            }
            return IniParser.parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return failed(file, "there is no such file");
        } catch (CharacterCodingException e) {
            return failed(file, "is not UTF-8 text");
        } catch (IOException e) {
            return failed(file, "cannot be read: " + e.getMessage());
        }
    }

    private static IniFile failed(Path file, String message) {
        return new IniFile(List.of(), List.of(new IniError(new Position(file.toString(), 0), "", "", message)));
    }

    private static IniFile joined(List<IniFile> parts) {
        return new IniFile(
                parts.stream().flatMap(part -> part.sections().stream()).toList(),
                parts.stream().flatMap(part -> part.errors().stream()).toList());
    }
}
