package io.tidelock.replicator;

import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.SourceRecord;

/**
 * Where the pipeline's records go.
 *
 * @param outcomes {@code kafka.topics.outcomes}
 * @param deadLetters makes the dead letter of a record that cannot be read
 */
public record PipelineTopics(String outcomes, DeadLetterMaker deadLetters) {
    OutgoingRecord deadLetter(SourceRecord record, String reason, String detail) {
        return deadLetters.make(record, reason, detail);
    }

    /** Makes a dead letter. */
    @FunctionalInterface
    public interface DeadLetterMaker {
        OutgoingRecord make(SourceRecord record, String reason, String detail);
    }
}
