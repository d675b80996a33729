package org.penstock.sql.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The SQL statements in a file of the server's test suite, or in a plain script; commands of the test tool are left out. */
final class MysqlTestFile {

    private static final Set<String> COMMANDS = Set.of(
            "let",
            "eval",
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

    private MysqlTestFile() {}

    static List<String> statements(Path file) throws IOException {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        String delimiter = ";";
        String until = null;
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            String trimmed = line.strip();
            if (until != null) {
                until = trimmed.equals(until) ? null : until;
                continue;
            }
            if (statement.isEmpty()) {
                if (trimmed.isEmpty()
                        || trimmed.startsWith("#")
                        || trimmed.startsWith("--")
                        || trimmed.equals("}")
                        || trimmed.equals("{")) {
                    until = heredoc(trimmed.replaceFirst("^--\\s*", ""));
                    if (trimmed.toLowerCase(Locale.ROOT).startsWith("--delimiter")) {
                        delimiter = trimmed.substring("--delimiter".length()).strip();
                    }
                    continue;
                }
                if (trimmed.toLowerCase(Locale.ROOT).startsWith("delimiter ")) {
                    String next = trimmed.substring("delimiter ".length()).strip();
                    delimiter = next.length() > delimiter.length() && next.endsWith(delimiter)
                            ? next.substring(0, next.length() - delimiter.length())
                            : next;
                    continue;
                }
                until = heredoc(trimmed);
                if (until != null) {
                    continue;
                }
            }
            statement.append(line).append('\n');
            if (trimmed.endsWith(delimiter)) {
                String text = statement.toString().strip();
                text = text.substring(0, text.length() - delimiter.length()).strip();
                if (isSql(text)) {
                    statements.add(text);
                }
                statement.setLength(0);
            }
        }
        return statements;
    }

    private static String heredoc(String line) {
        String[] words = line.split("\\s+", -1);
        boolean takes = words[0].equals("perl") || words[0].equals("write_file") || words[0].equals("append_file");
        if (!takes) {
            return null;
        }
        String last = words[words.length - 1].replace(";", "");
        return words.length > 1 && last.matches("[A-Z]+") ? last : "EOF";
    }

    private static boolean isSql(String text) {
        if (text.isEmpty() || text.contains("$")) {
            return false;
        }
        String first = text.split("[\\s(;]+", 2)[0].toLowerCase(Locale.ROOT);
        return !COMMANDS.contains(first)
                && !first.startsWith("enable_")
                && !first.startsWith("disable_")
                && !first.startsWith("replace_");
    }
}
