package org.penstock.config.ini;

/**
 * A place in a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 for the file as a whole
 */
public record Position(String file, int line) {
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
