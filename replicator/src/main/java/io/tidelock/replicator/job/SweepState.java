package io.tidelock.replicator.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.ingest.handoff.OutgoingRecord;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the sweep of a rule has come, as a record of {@code tidelock.jobs}, keyed by the job: one JSON object that says
 * its version, {@code "v":1}.
 *
 * @param firstSeen when the rule was first seen
 * @param begun when the pass began
 * @param configuration a fingerprint of the rule at that time
 * @param again whether the pass tries again what failed, as the rule is another than in the pass before
 * @param afterKey the last key that is done, or null for none
 * @param events how many events the pass has made
 * @param done whether the pass has come to the bucket's end
 */
public record SweepState(
        Instant firstSeen,
        Instant begun,
        String configuration,
        boolean again,
        @Nullable String afterKey,
        long events,
        boolean done) {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A rule is seen for the first time; its first pass is to begin a whole interval later. */
    static SweepState firstSeen(Instant now, String configuration) {
        return new SweepState(now, now, configuration, false, null, 0, true);
    }

    /** The next pass. */
    SweepState next(Instant now, String configurationNow) {
        var changed = !configurationNow.equals(configuration);
        return new SweepState(firstSeen, now, configurationNow, changed || (again && !done), null, 0, false);
    }

    /** The same pass, further on. */
    SweepState reached(@Nullable String key, long more, boolean atEnd) {
        return new SweepState(firstSeen, begun, configuration, again, key, events + more, atEnd);
    }

    /** The record that keeps it. */
    public OutgoingRecord record(String topic, String job) {
        var json = MAPPER.createObjectNode()
                .put("v", VERSION)
                .put("firstSeen", firstSeen.toString())
                .put("begun", begun.toString())
                .put("configuration", configuration)
                .put("again", again)
                .put("afterKey", afterKey)
                .put("events", events)
                .put("done", done);
        return new OutgoingRecord(
                topic, null, job.getBytes(UTF_8), json.toString().getBytes(UTF_8), List.of());
    }

    /**
     * Reads a value.
     *
     * @throws UnreadableJobException when it is none, or when a newer version of the program wrote it: it must not be begun anew in
     *     silence
     */
    public static SweepState read(byte[] value) {
        try {
            var json = MAPPER.readTree(value);
            var version = json.path("v").asInt();
            if (version > VERSION) {
                throw new UnreadableJobException("was written by a newer Tidelock: v is " + version
                        + ", this program reads up to " + VERSION + "; update this instance");
            }
            if (version != VERSION) {
                throw UnreadableJobException.unreadable("v is " + json.path("v"));
            }
            return new SweepState(
                    Instant.parse(json.path("firstSeen").asText()),
                    Instant.parse(json.path("begun").asText()),
                    json.path("configuration").asText(),
                    json.path("again").asBoolean(),
                    json.path("afterKey").textValue(),
                    json.path("events").asLong(),
                    json.path("done").asBoolean());
        } catch (JsonProcessingException e) {
            throw UnreadableJobException.unreadable(e.getOriginalMessage());
        } catch (IOException | DateTimeException e) {
            throw UnreadableJobException.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
