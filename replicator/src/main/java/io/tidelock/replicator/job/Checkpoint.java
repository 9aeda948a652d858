package io.tidelock.replicator.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.domain.Bucket;
import io.tidelock.ingest.handoff.OutgoingRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a resync has come, as a record of {@code tidelock.jobs}, keyed by the job: one JSON object that says its
 * version, {@code "v":1}.
 *
 * @param afterKey the last key all of whose events are written, or null for none
 * @param keys how many keys are done
 * @param events how many events they made
 * @param done whether the bucket was gone through to its end
 */
public record Checkpoint(@Nullable String afterKey, long keys, long events, boolean done) {
    /** Nothing is done. */
    public static final Checkpoint BEGINNING = new Checkpoint(null, 0, 0, false);

    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The name of a job: the same question has the same name. */
    public static String job(Bucket bucket, String ruleId, String prefix, boolean markers) {
        return "resync/" + bucket + "/" + ruleId + "/" + (markers ? "markers" : "versions") + "/" + prefix;
    }

    /** The record that keeps it. */
    public OutgoingRecord record(String topic, String job) {
        var json = MAPPER.createObjectNode()
                .put("v", VERSION)
                .put("afterKey", afterKey)
                .put("keys", keys)
                .put("events", events)
                .put("done", done);
        return new OutgoingRecord(
                topic, null, job.getBytes(UTF_8), json.toString().getBytes(UTF_8), List.of());
    }

    /**
     * Reads a value; empty when it is none.
     *
     * @throws IllegalStateException when a newer version of the program wrote it: it must not be begun anew in silence
     */
    public static Optional<Checkpoint> read(byte[] value) {
        try {
            var json = MAPPER.readTree(value);
            if (json.path("v").asInt() > VERSION) {
                throw new IllegalStateException("how far the job has come was written by a newer Tidelock: v is "
                        + json.path("v").asInt() + ", this program reads up to " + VERSION
                        + "; update it, or begin the job anew with --restart");
            }
            return json.path("v").asInt() == VERSION
                    ? Optional.of(new Checkpoint(
                            json.path("afterKey").textValue(),
                            json.path("keys").asLong(),
                            json.path("events").asLong(),
                            json.path("done").asBoolean()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
