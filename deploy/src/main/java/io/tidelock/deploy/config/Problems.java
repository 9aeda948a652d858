package io.tidelock.deploy.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with one file. Not thread-safe. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(@Nullable Place place, String setting, String problem, String remedy) {
        found.add(new Problem(file, place, setting, problem, remedy));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All problems in the order of the file, each once. */
    List<Problem> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::place, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }
}
