package io.tidelock.ingest.kafka;

import java.util.Set;
import java.util.regex.Pattern;

/** What a loop reads. */
public sealed interface Subscription {
    /** These topics. */
    record Topics(Set<String> names) implements Subscription {
        public Topics {
            names = Set.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("topics must name at least one topic, was empty");
            }
        }
    }

    /** All topics whose whole name matches, also those that appear later. */
    record Matching(Pattern pattern) implements Subscription {}
}
