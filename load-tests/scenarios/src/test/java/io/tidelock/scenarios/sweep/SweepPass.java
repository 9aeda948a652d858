package io.tidelock.scenarios.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One pass of a sweep over the bucket, as its checkpoints tell it.
 *
 * @param afterKeys how far each piece came, in the order of writing
 * @param events how many events it has made
 * @param done whether it has come to the end
 * @param lastWritten when the last checkpoint was written, in milliseconds
 */
record SweepPass(List<String> afterKeys, long events, boolean done, long lastWritten) {
    private static final ObjectMapper JSON = new ObjectMapper();

    SweepPass {
        afterKeys = List.copyOf(afterKeys);
    }

    /** All passes that records of {@code tidelock.jobs} tell of, in order; the first sight of a rule is none. */
    static List<SweepPass> of(List<ConsumerRecord<byte[], byte[]>> checkpoints) {
        var passes = new LinkedHashMap<String, SweepPass>();
        for (var checkpoint : checkpoints) {
            var state = json(checkpoint.value());
            var begun = state.get("begun").textValue();
            if (!begun.equals(state.get("firstSeen").textValue())) {
                passes.merge(begun, of(state, checkpoint.timestamp()), SweepPass::then);
            }
        }
        return List.copyOf(passes.values());
    }

    private static SweepPass of(JsonNode state, long written) {
        return new SweepPass(
                List.of(state.get("afterKey").textValue()),
                state.get("events").longValue(),
                state.get("done").booleanValue(),
                written);
    }

    private SweepPass then(SweepPass later) {
        var all = new ArrayList<>(afterKeys);
        all.addAll(later.afterKeys);
        return new SweepPass(all, later.events, later.done, later.lastWritten);
    }

    private static JsonNode json(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("a checkpoint is no JSON", e);
        }
    }
}
