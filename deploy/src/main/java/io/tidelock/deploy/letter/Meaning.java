package io.tidelock.deploy.letter;

import io.tidelock.domain.BucketEvent;
import java.util.List;

/** What a dead letter's record says when it is read now, with the configuration as it is. */
public sealed interface Meaning {
    /** Bucket events, which can be told again. */
    record Events(List<BucketEvent> events) implements Meaning {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** It is understood, and no bucket event: nothing has to be told. */
    record NoEvent() implements Meaning {}

    /**
     * It still cannot be read.
     *
     * @param reason one of a small fixed set of codes
     * @param detail what and where, for people
     */
    record Unreadable(String reason, String detail) implements Meaning {}
}
