package org.penstock.sql;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Numbers of names of up to three parts, from 0 on in the order in which they came. A few are looked through, more are found by their hash. Used again and again. */
final class NameNumbers {

    /** Names that are looked through. */
    private static final int FEW = 16;

    private @Nullable String[] first = new @Nullable String[FEW];
    private @Nullable String[] second = new @Nullable String[FEW];
    private String[] last = new String[FEW];
    private int size;
    private final Map<Name, Integer> many = new HashMap<>();

    /** Ordered, so that names with one hash do not make a map slow. */
    private record Name(@Nullable String first, @Nullable String second, String last) implements Comparable<Name> {
        private static final Comparator<@Nullable String> PARTS = Comparator.nullsFirst(Comparator.naturalOrder());
        private static final Comparator<Name> ORDER = Comparator.comparing(Name::last)
                .thenComparing(Name::second, PARTS)
                .thenComparing(Name::first, PARTS);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    void clear() {
        Arrays.fill(first, 0, size, null);
        Arrays.fill(second, 0, size, null);
        Arrays.fill(last, 0, size, "");
        size = 0;
        if (!many.isEmpty()) {
            many.clear();
        }
    }

    int size() {
        return size;
    }

    @Nullable
    String first(int number) {
        return first[number];
    }

    @Nullable
    String second(int number) {
        return second[number];
    }

    String last(int number) {
        return last[number];
    }

    /** The number of a name, or -1. */
    int find(@Nullable String one, @Nullable String two, String three) {
        if (size > FEW) {
            return many.getOrDefault(new Name(one, two, three), -1);
        }
        for (int i = 0; i < size; i++) {
            if (last[i].equals(three) && Objects.equals(second[i], two) && Objects.equals(first[i], one)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a name that is not there; returns its number. */
    int add(@Nullable String one, @Nullable String two, String three) {
        if (size == last.length) {
            first = Arrays.copyOf(first, 2 * size);
            second = Arrays.copyOf(second, 2 * size);
            last = Arrays.copyOf(last, 2 * size);
        }
        first[size] = one;
        second[size] = two;
        last[size] = three;
        if (size == FEW) {
            for (int i = 0; i < FEW; i++) {
                many.put(new Name(first[i], second[i], last[i]), i);
            }
        }
        if (size >= FEW) {
            many.put(new Name(one, two, three), size);
        }
        return size++;
    }
}
