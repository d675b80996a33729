package org.penstock.config.schema;

/** The order of bundle versions, for jars outside a framework. */
final class BundleVersion {
    private BundleVersion() {}

    /** Compares by numbers, then by qualifier. */
    static int compare(String a, String b) {
        String[] left = a.split("\\.", 4);
        String[] right = b.split("\\.", 4);
        for (int i = 0; i < 3; i++) {
            int order = Integer.compare(number(left, i), number(right, i));
            if (order != 0) {
                return order;
            }
        }
        return (left.length > 3 ? left[3] : "").compareTo(right.length > 3 ? right[3] : "");
    }

    private static int number(String[] parts, int index) {
        try {
            return index < parts.length ? Integer.parseInt(parts[index].strip()) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
