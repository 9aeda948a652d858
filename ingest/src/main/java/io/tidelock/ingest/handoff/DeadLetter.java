package io.tidelock.ingest.handoff;

import io.tidelock.domain.StreamPosition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter as it lies in its topic.
 *
 * @param at where its first record stands; its name for people is {@link #id}
 * @param since when it became one
 * @param original the record that it keeps, byte for byte, with the position where it was read
 * @param reason one of a small fixed set of codes
 * @param detail what and where, for people
 * @param reader who read it: a source of the configuration, or a role
 * @param rule the rule of the operation that failed, or null where the record could not be read
 */
public record DeadLetter(
        StreamPosition at,
        Instant since,
        SourceRecord original,
        String reason,
        String detail,
        String reader,
        @Nullable String rule) {
    /** Partition and offset, such as {@code 3@17}. */
    public String id() {
        return at.partition() + "@" + at.offset();
    }
}
