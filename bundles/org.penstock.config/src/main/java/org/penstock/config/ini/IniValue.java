package org.penstock.config.ini;

/**
 * The value of a key.
 *
 * @param text as written, without comments and surrounding white space; continuation lines joined by a comma
 * @param position of its key
 */
public record IniValue(String text, Position position) {}
