package io.tidelock.deploy.config;

import io.tidelock.ingest.kafka.TopicSpec;
import java.util.List;

/** Tidelock's own topics, as they are made and checked. */
public record TopicsConfig(TopicSpec events, TopicSpec outcomes, TopicSpec parked, TopicSpec deadLetters) {
    /** All of them. */
    public List<TopicSpec> all() {
        return List.of(events, outcomes, parked, deadLetters);
    }
}
