package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The SQL statements in a file of the server's test suite, or in a plain script; commands of the test tool are left out. */
final class MysqlTestFile {

    private static final Set<String> COMMANDS = Set.of(
            "let",
            "connect",
            "connection",
            "disconnect",
            "error",
            "echo",
            "source",
            "inc",
            "dec",
            "if",
            "while",
            "send",
            "reap",
            "sleep",
            "real_sleep",
            "sorted_result",
            "partially_sorted_result",
            "lowercase_result",
            "query_vertical",
            "query_horizontal",
            "query",
            "exec",
            "execw",
            "system",
            "die",
            "exit",
            "skip",
            "vertical_results",
            "horizontal_results",
            "dirty_close",
            "ping",
            "wait_for_slave_to_stop",
            "save_master_pos",
            "sync_with_master",
            "sync_slave_with_master",
            "start_timer",
            "end_timer",
            "character_set",
            "perl",
            "write_file",
            "append_file",
            "remove_file",
            "remove_files_wildcard",
            "copy_file",
            "copy_files_wildcard",
            "move_file",
            "cat_file",
            "diff_files",
            "file_exists",
            "chmod",
            "mkdir",
            "rmdir",
            "list_files",
            "list_files_write_file",
            "list_files_append_file",
            "send_quit",
            "change_user",
            "send_shutdown",
            "shutdown_server",
            "result_format",
            "require",
            "reset_connection",
            "optimizer_trace",
            "evalp",
            "send_eval",
            "force-rmdir",
            "force-cpdir",
            "ps_prepare",
            "ps_bind",
            "ps_execute",
            "ps_close",
            "assert",
            "output",
            "end",
            "disable_query_log");

    private static final int MAX_INCLUDES = 4;

    private final List<String> statements = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private String delimiter = ";";
    private char quote;

    private MysqlTestFile() {}

    /** The statements of a file, and of those that it includes. */
    static List<String> statements(Path file) throws IOException {
        MysqlTestFile reader = new MysqlTestFile();
        reader.read(file, 0);
        return reader.statements;
    }

    private void read(Path file, int depth) throws IOException {
        String until = null;
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String trimmed = line.strip();
            if (until != null) {
                until = trimmed.equals(until) ? null : until;
                continue;
            }
            if (pending.isEmpty()) {
                until = heredoc(trimmed.replaceFirst("^--\\s*", ""));
                if (until != null || command(file, trimmed, depth)) {
                    continue;
                }
            }
            add(line);
        }
        pending.setLength(0);
        quote = 0;
    }

    /** Whether a line at the beginning of a statement is none. */
    private boolean command(Path file, String line, int depth) throws IOException {
        String lower = line.toLowerCase(Locale.ROOT).replaceFirst("^--\\s*", "");
        if (lower.startsWith("delimiter ")) {
            String next = line.replaceFirst("(?i)^(--\\s*)?delimiter", "").strip();
            delimiter = !line.startsWith("--") && next.length() > delimiter.length() && next.endsWith(delimiter)
                    ? next.substring(0, next.length() - delimiter.length())
                    : next;
            return true;
        }
        if (lower.startsWith("source ") && depth < MAX_INCLUDES) {
            Path included = included(
                    file,
                    line.replaceFirst("^(--\\s*)?\\w+\\s+", "").replace(";", "").strip());
            if (included != null) {
                read(included, depth + 1);
            }
            return true;
        }
        return line.isEmpty()
                || line.startsWith("#")
                || line.startsWith("--")
                || line.equals("}")
                || line.equals("{")
                || lower.matches("(if|while)\\s*\\(.*");
    }

    private static @Nullable Path included(Path file, String name) {
        for (Path directory = file.getParent(); directory != null; directory = directory.getParent()) {
            Path candidate = directory.resolve(name);
            if (!name.contains("$") && Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Adds a line; a delimiter outside quotes ends a statement. */
    private void add(String line) {
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote != '`') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (line.startsWith(delimiter, i)) {
                pending.append(line, from, i);
                end();
                i += delimiter.length() - 1;
                from = i + 1;
            } else if (c == '\'' || c == '"' || c == '`') {
                quote = c;
            }
        }
        pending.append(line, Math.min(from, line.length()), line.length());
        if (pending.toString().isBlank()) {
            pending.setLength(0);
        } else {
            pending.append('\n');
        }
    }

    private void end() {
        String text = pending.toString().strip().replaceFirst("(?i)^eval\\s+", "");
        if (isSql(text)) {
            statements.add(text);
        }
        pending.setLength(0);
    }

    private static @Nullable String heredoc(String line) {
        String[] words = line.split("\\s+", -1);
        String first = words[0].replace(";", "");
        boolean takes = first.equals("perl") || first.equals("write_file") || first.equals("append_file");
        if (!takes) {
            return null;
        }
        String last = words[words.length - 1].replace(";", "");
        return words.length > 1 && last.matches("[A-Z]+") ? last : "EOF";
    }

    private static boolean isSql(String text) {
        if (text.isEmpty() || text.contains("$") || text.startsWith("#")) {
            return false;
        }
        String first = text.split("[\\s(;]+", 2)[0].toLowerCase(Locale.ROOT);
        return !COMMANDS.contains(first)
                && !first.startsWith("enable_")
                && !first.startsWith("disable_")
                && !first.startsWith("replace_");
    }
}
