package io.tidelock.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.IngestConfig.Source;
import io.tidelock.ingest.decode.SourceFormat;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.LoopSettings.Limits;
import io.tidelock.ingest.kafka.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class IngestConfigTest {
    private static final KafkaSettings KAFKA =
            new KafkaSettings("localhost:9092", Map.of("sasl.jaas.config", "hunter2"), "a");

    private static IngestConfig config(Source... sources) {
        return new IngestConfig(
                KAFKA,
                "tidelock.events",
                "tidelock.dead-letters",
                "tidelock.control",
                List.of(sources),
                Limits.DEFAULT);
    }

    private static Source source(String name, Subscription subscription) {
        return new Source(name, subscription, "paris", SourceFormat.S3);
    }

    @Test
    void a_source_must_not_read_what_tidelock_writes() {
        var topics = source("x", new Subscription.Topics(Set.of("raw", "tidelock.dead-letters")));
        var pattern = source("y", new Subscription.Matching(Pattern.compile(".*events")));
        assertThatThrownBy(() -> config(topics))
                .hasMessageStartingWith("sources.x reads Tidelock's own topic tidelock.dead-letters");
        assertThatThrownBy(() -> config(pattern))
                .hasMessageStartingWith("sources.y reads Tidelock's own topic tidelock.events");
    }

    @Test
    void names_of_sources_are_plain_and_unique() {
        var one = source("x", new Subscription.Topics(Set.of("raw")));
        assertThatThrownBy(() -> config(one, one)).hasMessage("sources: the name x is given twice");
        assertThatThrownBy(() -> source("a b", one.subscription())).hasMessageContaining("was \"a b\"");
        assertThatThrownBy(() -> new KafkaSettings("x", Map.of(), "a", Duration.ZERO))
                .hasMessage("kafka.startDeadline must be 1s to 1d, was PT0S");
        assertThatThrownBy(() -> new Subscription.Topics(Set.of())).hasMessageContaining("at least one topic");
    }

    @Test
    void settings_name_what_is_wrong_and_keep_secrets() {
        assertThat(KAFKA.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
        assertThatThrownBy(() -> new KafkaSettings(" ", Map.of(), "a")).hasMessageContaining("kafka.bootstrapServers");
        assertThatThrownBy(() -> new KafkaSettings("x", Map.of(), "a b")).hasMessageContaining("was \"a b\"");
        assertThatThrownBy(() -> new Limits(0, 1, 1, Duration.ZERO, Duration.ZERO))
                .hasMessage("recordsInFlightMax must be at least 1, was 0");
        assertThatThrownBy(() -> new Limits(1, 1, 1, Duration.ofSeconds(11), Duration.ZERO))
                .hasMessage("batchDelay must be between 0 and PT10S, was PT11S");
    }
}
