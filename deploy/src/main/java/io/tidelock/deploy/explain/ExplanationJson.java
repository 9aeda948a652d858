package io.tidelock.deploy.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.deploy.explain.Explanation.Held;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionStack;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * An explanation for machines: {@code object}, {@code event}, {@code source}, {@code rules}, {@code destinations} and
 * {@code history}, the last as records of the outcomes topic.
 */
public final class ExplanationJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ExplanationJson() {}

    public static ObjectNode of(Explanation explanation) {
        var root = JSON.objectNode();
        root.set("object", object(explanation.object()));
        root.set(
                "event",
                explanation.event().map(event -> tree(EventCodec.encode(event))).orElse(JSON.nullNode()));
        root.set("source", held(explanation.source()));
        var rules = root.putArray("rules");
        explanation
                .rules()
                .forEach(match -> rules.addObject()
                        .put("id", match.rule().id())
                        .put("matches", match.matches())
                        .put("why", match.why()));
        destinations(explanation, root.putArray("destinations"));
        explanation.history().ifPresent(history -> {
            var node = root.putObject("history")
                    .put("complete", history.complete())
                    .put("problem", history.problem());
            var outcomes = node.putArray("outcomes");
            history.outcomes().forEach(outcome -> outcomes.add(tree(OutcomeCodec.encode(outcome))));
        });
        return root;
    }

    private static void destinations(Explanation explanation, ArrayNode destinations) {
        for (var destination : explanation.destinations()) {
            var node = destinations.addObject();
            node.set("object", object(destination.replica()));
            node.set("holds", held(destination.held()));
            var answers = node.putArray("answers");
            for (var answer : destination.answers()) {
                answers.addObject()
                        .put("rule", answer.ruleId())
                        .put("action", Answers.action(answer.foreseen()))
                        .put("reason", Answers.reason(answer.foreseen()))
                        .put("because", Answers.because(answer.foreseen()))
                        .put("effect", Answers.effect(answer.foreseen()))
                        .put("remedy", Answers.remedy(answer.foreseen()));
            }
        }
    }

    private static ObjectNode object(ObjectKey object) {
        return JSON.objectNode()
                .put("store", object.bucket().store())
                .put("bucket", object.bucket().name())
                .put("key", object.key());
    }

    private static ObjectNode held(Held held) {
        var node = JSON.objectNode();
        switch (held) {
            case Held.Unknown(var why) -> node.put("unknown", why);
            case Held.Stack(var stack) -> {
                var versions = node.putArray("versions");
                for (var layer : stack.layers()) {
                    var version = versions.addObject()
                            .put("id", layer.id().value())
                            .put("lastModified", layer.lastModified().toString())
                            .put("deleteMarker", layer instanceof VersionStack.Marker);
                    if (layer instanceof VersionStack.DataVersion data) {
                        version.put("eTag", data.eTag())
                                .put("sizeBytes", data.sizeBytes())
                                .put("storageClass", data.storageClass());
                    }
                }
            }
        }
        return node;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a record of ours is JSON", e);
        }
    }
}
