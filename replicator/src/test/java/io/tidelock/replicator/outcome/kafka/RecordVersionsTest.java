package io.tidelock.replicator.outcome.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.job.Checkpoint;
import io.tidelock.replicator.job.SweepState;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.Parked;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records as versions of the program have written them, kept byte for byte: they are never written anew. */
class RecordVersionsTest {
    private static byte[] kept(String name) throws IOException {
        try (var bytes = Objects.requireNonNull(
                RecordVersionsTest.class.getResourceAsStream("/records/" + name + ".json"), name)) {
            return bytes.readAllBytes();
        }
    }

    /** A record of the same version with what a later release may have added to it. */
    private static byte[] grown(byte[] record) {
        return new String(record, StandardCharsets.UTF_8)
                .replaceFirst("\\{\"v\":1", "{\"v\":1,\"added\":{\"deep\":[1]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Parked parked(byte[] record) {
        return ((ParkedCodec.Read) ParkedCodec.decode(record)).parked();
    }

    private static Outcome outcome(byte[] record) {
        return ((OutcomeCodec.Read) OutcomeCodec.decode(record)).outcome();
    }

    @Test
    void an_event_of_version_1_is_read_and_written_as_it_was() throws IOException {
        // When
        var event = ((EventCodec.Event) EventCodec.decode(kept("event-v1"))).event();

        // Then
        assertThat(event).isInstanceOf(BucketEvent.ObjectCreated.class);
        assertThat(event.object().key()).isEqualTo("a/\u00e9");
        assertThat(EventCodec.encode(event)).isEqualTo(kept("event-v1"));
        assertThat(EventCodec.decode(grown(kept("event-v1")))).isEqualTo(new EventCodec.Event(event));
    }

    @Test
    void an_event_of_version_2_is_read_and_written_as_it_was() throws IOException {
        // When
        var event = ((EventCodec.Event) EventCodec.decode(kept("event-v2"))).event();

        // Then
        assertThat(event.occurrence().look()).isNotNull();
        assertThat(EventCodec.encode(event)).isEqualTo(kept("event-v2"));
    }

    @Test
    void parked_work_of_version_1_is_read_and_written_as_it_was() throws IOException {
        // When
        var work = parked(kept("parked-v1"));

        // Then
        assertThat(work.operation().id().position()).isEqualTo(new StreamPosition("tidelock.events", 3, 42));
        assertThat(work.reason()).isEqualTo(FailureReason.DST_UNAVAILABLE);
        assertThat(work.round()).isEqualTo(2);
        assertThat(ParkedCodec.record("parked", work).value()).isEqualTo(kept("parked-v1"));
        assertThat(parked(grown(kept("parked-v1")))).isEqualTo(work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"outcome-failed-v1", "outcome-replicated-v1"})
    void outcomes_of_version_1_are_read_and_written_as_they_were(String name) throws IOException {
        // When
        var outcome = outcome(kept(name));

        // Then
        assertThat(outcome.operation().id().ruleId()).isEqualTo("everything");
        assertThat(OutcomeCodec.encode(outcome)).isEqualTo(kept(name));
        assertThat(outcome(grown(kept(name)))).isEqualTo(outcome);
    }

    @Test
    void a_checkpoint_of_version_1_is_read() throws IOException {
        assertThat(Checkpoint.read(kept("job-v1"))).contains(new Checkpoint("k", 3, 4, false));
    }

    @Test
    void how_far_a_sweep_has_come_in_version_1_is_read_and_written_as_it_was() throws IOException {
        // When
        var state = SweepState.read(kept("sweep-v1"));

        // Then
        assertThat(state)
                .isEqualTo(new SweepState(
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-02T00:00:00Z"),
                        "c",
                        true,
                        "a/\u00e9",
                        3,
                        false));
        assertThat(state.record("jobs", "job").value()).isEqualTo(kept("sweep-v1"));
        assertThat(SweepState.read(grown(kept("sweep-v1")))).isEqualTo(state);
    }

    @Test
    void records_of_a_newer_version_are_told_apart_from_what_cannot_be_read() throws IOException {
        assertThat(EventCodec.decode(kept("event-newer")))
                .isEqualTo(new EventCodec.Newer("event.v is 99, this program reads up to " + EventCodec.VERSION));
        assertThat(ParkedCodec.decode(kept("parked-newer")))
                .isEqualTo(new ParkedCodec.Newer("v is 99, this program reads up to " + ParkedCodec.VERSION));
        assertThat(ParkedCodec.decode(kept("parked-v1-of-event-newer")))
                .isEqualTo(new ParkedCodec.Newer("event.v is 99, this program reads up to " + EventCodec.VERSION));
        assertThat(OutcomeCodec.decode(kept("outcome-newer")))
                .isEqualTo(new OutcomeCodec.Newer("v is 99, this program reads up to " + OutcomeCodec.VERSION));
        assertThatThrownBy(() -> SweepState.read(kept("job-newer"))).hasMessageContaining("newer Tidelock: v is 99");
        var job = kept("job-newer");
        assertThatThrownBy(() -> Checkpoint.read(job)).hasMessageContaining("newer Tidelock: v is 99", "--restart");
    }
}
