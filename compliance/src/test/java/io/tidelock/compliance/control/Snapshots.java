package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.document.DocumentReader;
import io.tidelock.compliance.document.JsonDocument;
import io.tidelock.compliance.snapshot.SnapshotRead;
import io.tidelock.compliance.snapshot.SnapshotReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Snapshots for tests, written with single quotes. */
final class Snapshots {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private Snapshots() {}

    static JsonNode json(String text) {
        return switch (DocumentReader.BUCKET_DOCUMENTS.read(text.replace('\'', '"'))) {
            case JsonDocument.Read(var root) -> root;
            case JsonDocument.Unreadable unreadable -> throw new AssertionError(unreadable.sentence() + ": " + text);
        };
    }

    /** A bucket named b of account 111122223333 with these members, such as {@code 'acl':{…}}. */
    static JsonNode ofBucket(String members) {
        return json("{'bucket':{'name':'b','region':'eu-west-1'" + (members.isEmpty() ? "" : "," + members)
                + "},'account':{'id':'111122223333','publicAccessBlock':null}}");
    }

    static ObjectNode with(JsonNode snapshot, String key, String value) {
        ObjectNode copy = snapshot.deepCopy();
        copy.set(key, json(value));
        return copy;
    }

    static Evidence evidence(JsonNode snapshot) {
        return switch (SnapshotReader.read("test", snapshot)) {
            case SnapshotRead.Assessable assessable -> Evidence.of(assessable.snapshot(), NOW);
            case SnapshotRead.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    static SequencedMap<String, Verdict> verdicts(JsonNode snapshot) {
        return ControlCatalog.all().evaluate(evidence(snapshot));
    }

    static Verdict verdict(JsonNode snapshot, String id) {
        return ControlCatalog.all()
                .find(id)
                .orElseThrow(() -> new AssertionError("no control is called " + id))
                .evaluate(evidence(snapshot));
    }

    /** COMPLIANT, VIOLATION, NOT_APPLICABLE or UNKNOWN. */
    static String name(JsonNode snapshot, String id) {
        return verdict(snapshot, id).name();
    }

    /** The snapshot after about a third of its documents became unavailable, now and then with all that lies around. */
    static ObjectNode hidden(JsonNode snapshot, Random random) {
        ObjectNode copy = snapshot.deepCopy();
        Predicate<String> some = _ -> random.nextInt(3) == 0;
        hide(copy.withObject("bucket"), some);
        copy.withArray("otherBuckets").forEach(other -> hide((ObjectNode) other, some));
        hide(copy.withObject("account"), some);
        hide(copy.withObject("role"), some);
        for (String whole : List.of("bucket", "account", "otherBuckets", "role")) {
            if (random.nextInt(20) == 0) {
                copy.putObject(whole).put("$unavailable", "AccessDenied");
            }
        }
        return copy;
    }

    /** Makes the documents with these names unavailable, and those of objects. */
    static void hide(ObjectNode holder, Predicate<String> which) {
        var names = new ArrayList<String>();
        holder.fieldNames().forEachRemaining(names::add);
        names.removeAll(List.of("name", "region", "account", "objects", "id", "arn"));
        for (String name : names) {
            if (which.test(name) && !holder.path(name).has("$unavailable")) {
                holder.putObject(name).put("$unavailable", "AccessDenied");
            }
        }
        if (holder.get("objects") instanceof ObjectNode objects) {
            objects.forEach(object -> hide((ObjectNode) object, which));
        }
    }

    /** What {@code seen} says differently from {@code truth}, not knowing aside. */
    static List<String> contradictions(Map<String, Verdict> truth, Map<String, Verdict> seen) {
        var contradictions = new ArrayList<String>();
        seen.forEach((id, verdict) -> {
            Verdict known = truth.get(id);
            if (known == null
                    || !(verdict instanceof Verdict.Unknown || verdict.name().equals(known.name()))) {
                contradictions.add(id + ": " + known + " became " + verdict);
            }
        });
        return contradictions;
    }
}
