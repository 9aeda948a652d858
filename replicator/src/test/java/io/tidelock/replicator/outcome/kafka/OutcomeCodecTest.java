package io.tidelock.replicator.outcome.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec.Read;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeCodecTest {
    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01.123456789Z");
    private static final VersionId SOURCE = new VersionId("source/+=");
    private static final VersionId REPLICA = new VersionId("replica");

    private static Operation operation(String key, @Nullable ObjectKey replica) {
        BucketEvent event = new ObjectCreated(
                new Occurrence(
                        new ObjectKey(new Bucket("paris", "originals"), key),
                        SOURCE,
                        NOW,
                        new Sequencer("AB"),
                        "alice",
                        "ObjectCreated:Put",
                        Cause.REQUEST),
                3L,
                "etag");
        return new Operation(
                new OperationId(new StreamPosition("tidelock.events", 3, 1L << 40), "rule ü"), event, replica, NOW);
    }

    private static List<Outcome> everyOutcome() {
        var outcomes = new ArrayList<Outcome>();
        for (var key : List.of("plain", "a b+%2B/é\u0000\ud83d\ude00", "lone \ud83d half", " ")) {
            var replica = new ObjectKey(new Bucket("frankfurt", "replicas"), key);
            var operation = operation(key, replica);
            outcomes.add(new Outcome.Replicated(operation, NOW, 3, SOURCE, REPLICA, 1L << 45, true, false));
            outcomes.add(new Outcome.Replicated(operation, NOW, 3, VersionId.NULL, REPLICA, 0, false, true));
            outcomes.add(new Outcome.DeleteMarkerPropagated(operation, NOW, 1, SOURCE, REPLICA));
            outcomes.add(new Outcome.MetadataSynced(operation, NOW, 1, SOURCE, REPLICA));
            outcomes.add(new Outcome.Failed(operation, NOW, 9, FailureReason.DstPutObjectNotPermitted, "\"quoted\"\n"));
            outcomes.add(new Outcome.Failed(operation, NOW, 9, FailureReason.REQUEST_REFUSED, null));
            for (var reason : SkipReason.values()) {
                outcomes.add(new Outcome.Skipped(operation(key, null), NOW, 0, reason));
            }
        }
        return outcomes;
    }

    @Test
    void every_outcome_comes_back_as_it_went_in() {
        assertThat(everyOutcome())
                .allSatisfy(outcome -> assertThat(OutcomeCodec.decode(OutcomeCodec.encode(outcome)))
                        .isEqualTo(new Read(outcome)));
    }

    @Test
    void a_record_is_keyed_like_its_event() {
        // When
        var record = OutcomeCodec.record("outcomes", everyOutcome().getFirst());

        // Then
        assertThat(record.topic()).isEqualTo("outcomes");
        assertThat(record.key()).isEqualTo("paris/originals/plain".getBytes(UTF_8));
        assertThat(record.partition()).isNull();
    }

    @Test
    void unknown_fields_are_ignored_and_newer_versions_refused() {
        // Given
        var text = new String(OutcomeCodec.encode(everyOutcome().getFirst()), UTF_8);

        // When / Then
        assertThat(OutcomeCodec.decode(text.replaceFirst("\\{", "{\"new\":[1],").getBytes(UTF_8)))
                .isInstanceOf(Read.class);
        assertThat(OutcomeCodec.decode(text.replace("{\"v\":1", "{\"v\":2").getBytes(UTF_8)))
                .isEqualTo(new OutcomeCodec.Newer("v is 2, this program reads up to 1"));
        assertThat(OutcomeCodec.decode(text.replace("\"attempts\"", "\"tries\"").getBytes(UTF_8)))
                .isEqualTo(new Unreadable("attempts is missing"));
        assertThat(OutcomeCodec.decode(null)).isInstanceOf(Unreadable.class);
    }

    @FuzzTest
    void whatever_is_read_is_judged_without_an_exception(byte[] data) {
        assertThat(OutcomeCodec.decode(data)).isNotNull();
    }
}
