package org.penstock.launcher.feature;

/** A feature file that cannot be used; the message names the file and the place. */
public final class FeatureException extends Exception {
    private static final long serialVersionUID = 1L;

    public FeatureException(String message) {
        super(message);
    }
}
