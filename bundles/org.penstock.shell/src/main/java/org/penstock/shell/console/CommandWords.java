package org.penstock.shell.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Words of a command line as Gogo separates and unquotes them, read leniently: an open quote ends with the line.
 *
 * @param complete unquoted words that a blank or a separator ends
 * @param last what stands behind them, possibly empty
 */
record CommandWords(List<String> complete, String last) {
    CommandWords {
        complete = List.copyOf(complete);
    }

    /** Words of the line's last command, behind {@code ;}, {@code |} and the like. */
    static CommandWords lastCommand(String line) {
        return new Scan(line, true).words();
    }

    /** All words of the line; separators of commands are like any other character. */
    static List<String> literal(String line) {
        CommandWords words = new Scan(line, false).words();
        List<String> all = new ArrayList<>(words.complete());
        if (!words.last().isEmpty()) {
            all.add(words.last());
        }
        return all;
    }

    /** The word as Gogo reads it back, quoted only if it must be. */
    static String quoted(String word) {
        if (!word.isEmpty() && word.chars().allMatch(CommandWords::isPlain)) {
            return word;
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return Character.isLetterOrDigit(c) || "_-.:/@,+=".indexOf(c) >= 0;
    }

    private static final class Scan {
        private final String line;
        private final boolean separators;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean open;

        Scan(String line, boolean separators) {
            this.line = line;
            this.separators = separators;
        }

        CommandWords words() {
            int at = 0;
            while (at < line.length()) {
                char c = line.charAt(at);
                if (c == '\'' || c == '"') {
                    at = quote(at + 1, c);
                } else if (c == '\\' && at + 1 < line.length()) {
                    take(line.charAt(at + 1));
                    at += 2;
                } else {
                    plain(c);
                    at++;
                }
            }
            return new CommandWords(words, word.toString());
        }

        private int quote(int from, char quote) {
            open = true;
            int at = from;
            while (at < line.length() && line.charAt(at) != quote) {
                if (quote == '"' && line.charAt(at) == '\\' && at + 1 < line.length()) {
                    at++;
                }
                word.append(line.charAt(at));
                at++;
            }
            return at + 1;
        }

        private void plain(char c) {
            if (Character.isWhitespace(c)) {
                end();
            } else if (separators && ";|&".indexOf(c) >= 0) {
                word.setLength(0);
                open = false;
                words.clear();
            } else {
                take(c);
            }
        }

        private void take(char c) {
            word.append(c);
            open = true;
        }

        private void end() {
            if (open) {
                words.add(word.toString());
                word.setLength(0);
                open = false;
            }
        }
    }
}
