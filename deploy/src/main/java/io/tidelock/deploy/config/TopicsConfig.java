package io.tidelock.deploy.config;

import io.tidelock.ingest.kafka.TopicSpec;
import java.util.List;

/**
 * Tidelock's own topics, as they are made and checked.
 *
 * @param jobs how far jobs have come; only jobs need it
 * @param control what the parts of the service ask each other
 */
public record TopicsConfig(
        TopicSpec events,
        TopicSpec outcomes,
        TopicSpec parked,
        TopicSpec deadLetters,
        TopicSpec uploads,
        TopicSpec jobs,
        TopicSpec control) {
    /** All that the service needs. */
    public List<TopicSpec> all() {
        return List.of(events, outcomes, parked, deadLetters, control, uploads);
    }
}
