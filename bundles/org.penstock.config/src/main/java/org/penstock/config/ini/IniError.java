package org.penstock.config.ini;

/**
 * A mistake of syntax.
 *
 * @param position where
 * @param section that it is in; empty before the first one
 * @param key that it is about; empty for none
 * @param message what is wrong and what would be right
 */
public record IniError(Position position, String section, String key, String message) {}
