package org.penstock.launcher.feature;

/**
 * One bundle of a feature.
 *
 * @param id Maven coordinates as the feature writes them
 * @param fileName the jar in {@code system/}
 * @param startLevel the level at which it starts
 * @param feature the file that lists it
 */
public record FeatureBundle(String id, String fileName, int startLevel, String feature) {}
