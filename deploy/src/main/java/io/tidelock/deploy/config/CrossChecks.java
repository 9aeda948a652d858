package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.replicator.rule.document.Suggestion;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What no schema can say: whether settings fit each other. Works on the tree, so that it finds its problems beside those
 * of the schema; what is missing or of the wrong type is the schema's to report.
 */
final class CrossChecks {
    private static final int STORES_NAMED_MAX = 10;

    private final YamlDocument document;
    private final JsonNode tree;
    private final Problems problems;
    private final Set<String> stores;
    private final Set<String> roles;

    /** @param tree the document's tree with the defaults filled in */
    CrossChecks(YamlDocument document, JsonNode tree, Problems problems) {
        this.document = document;
        this.tree = tree;
        this.problems = problems;
        stores = names(tree.path("stores")).collect(Collectors.toCollection(TreeSet::new));
        roles = tree.path("roles").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    void collect() {
        roles();
        tree.path("stores").properties().forEach(store -> store(store.getKey(), store.getValue()));
        sources();
        replication();
        markKeys();
    }

    private void roles() {
        if (roles.contains("ingest") && tree.path("sources").isEmpty()) {
            missing("/sources", "is empty, and the role ingest reads them", "name the topics that carry bucket events");
        }
        if (roles.contains("replicator") && tree.path("replication").isEmpty()) {
            missing(
                    "/replication",
                    "is empty, and the role replicator works by it",
                    "say which buckets are replicated");
        }
        if (roles.contains("replicator") && !tree.has("mark")) {
            missing(
                    "/mark",
                    "is missing, and the role replicator signs replicas with it",
                    "add mark.keys with an id and a secret");
        }
    }

    private void store(String name, JsonNode store) {
        var pointer = Pointer.child("/stores", name);
        var vendor = store.path("vendor").asText();
        if (!store.has("endpoint") && !vendor.equals("aws")) {
            missing(
                    Pointer.child(pointer, "endpoint"),
                    "is missing, and only the vendor aws has an address by itself",
                    "add the address of the store");
        }
        credentials(Pointer.child(pointer, "credentials"), store.path("credentials"), vendor);
    }

    private void credentials(String pointer, JsonNode credentials, String vendor) {
        var assumes = credentials.path("type").asText().equals("assumeRole");
        if (assumes && !vendor.equals("aws") && !credentials.has("stsEndpoint")) {
            missing(
                    Pointer.child(pointer, "stsEndpoint"),
                    "is missing, and only the vendor aws has an STS by itself",
                    "add the address of the store's STS");
        }
        if (!assumes && credentials.has("source")) {
            wrong(
                    Pointer.child(pointer, "source"),
                    "has a meaning for assumeRole only",
                    "set type to assumeRole, or remove it");
        }
        if (credentials.has("source")) {
            credentials(Pointer.child(pointer, "source"), credentials.path("source"), "aws");
        }
    }

    private void sources() {
        var own = new HashMap<String, String>();
        for (var topic : new String[] {"events", "outcomes", "parked", "deadLetters", "uploads", "jobs", "control"}) {
            var pointer = "/kafka/topics/" + topic;
            var name = tree.at(pointer).asText();
            var other = own.putIfAbsent(name, pointer);
            if (other != null && !name.isEmpty()) {
                wrong(pointer, "is " + shown(pointer) + " like " + Pointer.setting(other), "give each its own topic");
            }
        }
        var seen = new HashMap<>(own);
        tree.path("sources").properties().forEach(source -> source(source.getKey(), source.getValue(), seen));
    }

    private void source(String name, JsonNode source, Map<String, String> seen) {
        var pointer = Pointer.child("/sources", name);
        storeExists(Pointer.child(pointer, "store"), source.path("store"));
        if (source.has("topics") == source.has("topicPattern")) {
            missing(
                    pointer,
                    source.has("topics") ? "has topics and topicPattern" : "has no topics",
                    "write topics or topicPattern, one of the two");
        }
        var topics = Pointer.child(pointer, "topics");
        for (var i = 0; i < source.path("topics").size(); i++) {
            var topic = source.path("topics").path(i).asText();
            var other = seen.putIfAbsent(topic, Pointer.child(topics, i));
            if (other != null && !other.startsWith(topics)) {
                wrong(
                        Pointer.child(topics, i),
                        "is " + shown(Pointer.child(topics, i)) + ", which " + Pointer.setting(other) + " names too",
                        "let each topic have one meaning");
            }
        }
        if (source.has("topicPattern")) {
            pattern(Pointer.child(pointer, "topicPattern"), source.path("topicPattern"), seen);
        }
    }

    private void pattern(String pointer, JsonNode pattern, Map<String, String> seen) {
        try {
            var compiled = Pattern.compile(pattern.asText());
            seen.forEach((topic, where) -> {
                if (where.startsWith("/kafka/topics/")
                        && compiled.matcher(topic).matches()) {
                    wrong(
                            pointer,
                            "matches \"" + topic + "\", Tidelock's own topic " + Pointer.setting(where),
                            "make the pattern narrower");
                }
            });
        } catch (PatternSyntaxException e) {
            wrong(
                    pointer,
                    "is no regular expression: " + e.getDescription(),
                    "correct it near character " + e.getIndex());
        }
    }

    private void replication() {
        var seen = new HashMap<String, String>();
        for (var i = 0; i < tree.path("replication").size(); i++) {
            var pointer = Pointer.child("/replication", i);
            var entry = tree.at(pointer);
            storeExists(pointer + "/source/store", entry.at("/source/store"));
            entry.path("destinations")
                    .properties()
                    .forEach(destination -> storeExists(
                            Pointer.child(pointer + "/destinations", destination.getKey()), destination.getValue()));
            sourceOfRules(pointer, entry);
            var bucket = entry.at("/source/store").asText() + "/"
                    + entry.at("/source/bucket").asText();
            var other = seen.putIfAbsent(bucket, pointer);
            if (other != null && !bucket.equals("/")) {
                wrong(
                        pointer + "/source",
                        "is the bucket " + bucket + " of " + Pointer.setting(other) + " again",
                        "put the rules of one bucket into one configuration");
            }
        }
    }

    private void sourceOfRules(String pointer, JsonNode entry) {
        var given = Stream.of(
                        entry.has("configuration"),
                        entry.has("configurationFile"),
                        entry.path("fromBucket").asBoolean(false))
                .filter(present -> present)
                .count();
        if (given != 1) {
            missing(
                    pointer,
                    given == 0 ? "has no rules" : "has rules from more than one place",
                    "write configuration, configurationFile or fromBucket: true, one of the three");
        }
    }

    private void markKeys() {
        var seen = new HashMap<String, String>();
        for (var i = 0; i < tree.at("/mark/keys").size(); i++) {
            var pointer = "/mark/keys/" + i + "/id";
            var other = seen.putIfAbsent(tree.at(pointer).asText(), pointer);
            if (other != null) {
                wrong(pointer, "is the id of " + Pointer.setting(other) + " too", "give each key its own id");
            }
        }
    }

    private void storeExists(String pointer, JsonNode store) {
        if (store.isTextual() && !stores.contains(store.asText())) {
            wrong(
                    pointer,
                    "is " + shown(pointer) + ", and there is no such store"
                            + Suggestion.question(store.asText(), stores),
                    stores.isEmpty()
                            ? "add it to stores"
                            : "add it to stores, or name one of: "
                                    + stores.stream().limit(STORES_NAMED_MAX).collect(Collectors.joining(", ")));
        }
    }

    private String shown(String pointer) {
        return document.shown(pointer);
    }

    private static Stream<String> names(JsonNode group) {
        return group.propertyStream().map(Map.Entry::getKey);
    }

    private void missing(String pointer, String problem, String remedy) {
        problems.add(document.key(pointer), Pointer.setting(pointer), problem, remedy);
    }

    private void wrong(String pointer, String problem, String remedy) {
        problems.add(document.value(pointer), Pointer.setting(pointer), problem, remedy);
    }
}
