package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.kafka.JobWriter;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.KeyHistory;
import io.tidelock.replicator.outcome.Journal.Entry;
import io.tidelock.sandbox.kafka.SandboxKafka;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KafkaJournalTest {
    private static final ObjectKey SOURCE = new ObjectKey(new Bucket("paris", "originals"), "k");
    private static final ObjectKey REPLICA = new ObjectKey(new Bucket("frankfurt", "replicas"), "k");

    private static OutgoingRecord record(String value) {
        return new OutgoingRecord("outcomes", 0, null, value.getBytes(UTF_8), List.of());
    }

    @Test
    void outcomes_that_cannot_be_read_are_named_and_those_of_a_newer_version_let_nothing_be_taken_for_lost()
            throws Exception {
        try (var kafka = new SandboxKafka().start()) {
            // Given
            var seen = new ListAppender<ILoggingEvent>();
            seen.start();
            ((Logger) LoggerFactory.getLogger(KafkaJournal.class)).addAppender(seen);
            kafka.createTopic("outcomes", 1);
            var settings = new KafkaSettings(kafka.bootstrapServers(), Map.of(), "one");
            var journal = new KafkaJournal(new KeyHistory(settings), "outcomes");
            try (var writer = new JobWriter(settings, "test")) {
                writer.write(List.of(record("torn")));

                // When
                var afterTorn = journal.of(SOURCE, new VersionId("v"), null, REPLICA);
                writer.write(List.of(record("{\"v\":99}")));

                // Then
                assertThat(afterTorn).isEqualTo(Entry.NOTHING);
                // a commit that has succeeded is seen by readers a moment later
                await().untilAsserted(() -> assertThat(journal.of(SOURCE, new VersionId("v"), null, REPLICA))
                        .isEqualTo(Entry.UNREADABLE));
                assertThat(seen.list)
                        .extracting(ILoggingEvent::getFormattedMessage)
                        .containsExactly(
                                "A record among the outcomes cannot be read: what it told of is unknown to the sweep",
                                "Outcomes of a newer Tidelock cannot be read; update this instance");
            }
        }
    }
}
