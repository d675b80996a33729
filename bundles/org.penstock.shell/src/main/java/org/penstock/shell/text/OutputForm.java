package org.penstock.shell.text;

/** How tables and details are written. */
public enum OutputForm {
    /** Aligned columns for a reader. */
    PLAIN,
    /** Tab-separated lines with a line of titles, for {@code cut} and {@code awk}. */
    TSV,
    /** JSON, the titles as keys. */
    JSON;

    /** The form that the two options of a command ask for. */
    public static OutputForm of(boolean tsv, boolean json) {
        if (json) {
            return JSON;
        }
        return tsv ? TSV : PLAIN;
    }
}
