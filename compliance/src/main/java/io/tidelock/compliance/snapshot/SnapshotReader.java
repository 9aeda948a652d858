package io.tidelock.compliance.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.document.DocumentBounds;
import io.tidelock.compliance.document.DocumentReader;
import io.tidelock.compliance.document.JsonDocument;
import io.tidelock.compliance.policy.Trusted;
import io.tidelock.compliance.snapshot.SnapshotRead.Assessable;
import io.tidelock.compliance.snapshot.SnapshotRead.Refused;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads exported snapshots. What is not understood is named and becomes unavailable, so that nothing is taken for
 * configured well because it was misspelt; the rest is still judged. Never throws. Thread-safe.
 */
public final class SnapshotReader {
    /** A snapshot holds many documents, and the ACL of many objects. */
    private static final DocumentBounds BOUNDS = new DocumentBounds(64 << 20, 100, 2 << 20);

    private static final Set<String> TOP =
            Set.of("bucket", "account", "organization", "otherBuckets", "role", "trusted", "settings");
    private static final Set<String> BUCKET_OWN = Set.of("name", "region", "account", "objects");
    private static final Set<String> OBJECT = Set.of("acl");
    private static final Set<String> ACCOUNT = Set.of("id", "publicAccessBlock");
    private static final Set<String> ORGANIZATION = Set.of("publicAccessBlock");
    private static final Set<String> ROLE = Set.of("arn", "trust", "policy");
    private static final Set<String> TRUSTED = Set.of("accounts", "vpcs", "vpces", "orgIds", "ips", "principals");

    private static final DocumentReader DOCUMENTS = new DocumentReader(BOUNDS);

    private SnapshotReader() {}

    /**
     * Reads one snapshot.
     *
     * @param name how a person finds it again
     */
    public static SnapshotRead read(String name, byte[] utf8) {
        return switch (DOCUMENTS.read(utf8)) {
            case JsonDocument.Read(var root) -> read(name, root);
            case JsonDocument.Unreadable unreadable -> new Refused(name, "the snapshot is " + unreadable.sentence());
        };
    }

    /** Reads one snapshot that is a tree already. */
    public static SnapshotRead read(String name, JsonNode root) {
        if (!root.isObject()) {
            return new Refused(name, "the snapshot is not an object");
        }
        if (!root.has("bucket") && !root.has("account")) {
            return new Refused(name, "the snapshot has neither a bucket nor an account");
        }
        return new Reading().snapshot(name, root);
    }

    /** One reading, and what it stumbled over. */
    private static final class Reading {
        private final List<String> problems = new ArrayList<>();

        Assessable snapshot(String name, JsonNode root) {
            unknownKeys("the snapshot", root, TOP);
            var snapshot = new Snapshot(
                    name,
                    bucket(root),
                    account(root),
                    otherBuckets(root),
                    object(root, "role", "role").then(node -> new Collected.Known<>(role(node))),
                    trusted(object(root, "trusted", "trusted")),
                    object(root, "settings", "settings")
                            .known()
                            .map(Settings::new)
                            .orElse(Settings.NONE));
            return new Assessable(snapshot, problems);
        }

        private Optional<BucketSnapshot> bucket(JsonNode root) {
            return switch (object(root, "bucket", "bucket")) {
                case Collected.Known<JsonNode>(var node) -> Optional.of(bucketOf(node, "bucket"));
                case Collected.Unavailable<JsonNode>(var reason) -> Optional.of(unavailable(reason));
                case Collected.NotConfigured<JsonNode> _ -> Optional.empty();
                case Collected.NotCollected<JsonNode> _ -> Optional.empty();
            };
        }

        private static BucketSnapshot unavailable(String reason) {
            var documents = new EnumMap<BucketDocument, Collected<JsonNode>>(BucketDocument.class);
            for (var which : BucketDocument.values()) {
                documents.put(which, new Collected.Unavailable<>(reason));
            }
            return new BucketSnapshot(null, null, null, documents, new LinkedHashMap<>());
        }

        private BucketSnapshot bucketOf(JsonNode node, String where) {
            var documents = new EnumMap<BucketDocument, Collected<JsonNode>>(BucketDocument.class);
            for (var property : node.properties()) {
                var which = BucketDocument.ofKey(property.getKey());
                if (which.isPresent()) {
                    documents.put(which.get(), document(node, which.get(), where));
                } else if (!BUCKET_OWN.contains(property.getKey())) {
                    problems.add(unknownKey(where, property.getKey()));
                }
            }
            return new BucketSnapshot(
                    text(node, "name", where),
                    text(node, "region", where),
                    text(node, "account", where),
                    documents,
                    objects(node, where));
        }

        private Collected<JsonNode> document(JsonNode bucket, BucketDocument which, String where) {
            return switch (which) {
                case POLICY -> {
                    var node = bucket.get(which.key());
                    yield node.isTextual()
                            ? new Collected.Known<>(node)
                            : object(bucket, which.key(), where + "." + which.key());
                }
                case INVENTORY, INTELLIGENT_TIERING, TAGGING, LIFECYCLE -> {
                    // some exports hold the list itself instead of the element around it
                    var node = bucket.get(which.key());
                    yield node.isArray()
                            ? new Collected.Known<>(node)
                            : object(bucket, which.key(), where + "." + which.key());
                }
                case ACL,
                        PUBLIC_ACCESS_BLOCK,
                        OWNERSHIP_CONTROLS,
                        VERSIONING,
                        ENCRYPTION,
                        LOGGING,
                        OBJECT_LOCK,
                        NOTIFICATION,
                        REPLICATION,
                        CORS,
                        WEBSITE,
                        REQUEST_PAYMENT -> object(bucket, which.key(), where + "." + which.key());
            };
        }

        private SequencedMap<String, Collected<JsonNode>> objects(JsonNode bucket, String where) {
            var acls = new LinkedHashMap<String, Collected<JsonNode>>();
            object(bucket, "objects", where + ".objects").known().ifPresent(objects -> {
                for (var property : objects.properties()) {
                    var at = where + ".objects[\"" + property.getKey() + "\"]";
                    acls.put(
                            property.getKey(),
                            object(objects, property.getKey(), at).then(node -> {
                                unknownKeys(at, node, OBJECT);
                                return object(node, "acl", at + ".acl");
                            }));
                }
            });
            return acls;
        }

        private AccountSnapshot account(JsonNode root) {
            var account = object(root, "account", "account");
            account.known().ifPresent(node -> unknownKeys("account", node, ACCOUNT));
            var organization = object(root, "organization", "organization");
            organization.known().ifPresent(node -> unknownKeys("organization", node, ORGANIZATION));
            return new AccountSnapshot(
                    account.known().map(node -> text(node, "id", "account")).orElse(null),
                    account.then(node -> object(node, "publicAccessBlock", "account.publicAccessBlock")),
                    organization.then(node -> object(node, "publicAccessBlock", "organization.publicAccessBlock")));
        }

        private Collected<List<BucketSnapshot>> otherBuckets(JsonNode root) {
            return Collected.member(root, "otherBuckets").then(node -> {
                if (!node.isArray()) {
                    return wrongShape("otherBuckets", "a list");
                }
                var others = new ArrayList<BucketSnapshot>();
                for (int i = 0; i < node.size(); i++) {
                    var where = "otherBuckets[" + i + "]";
                    if (node.get(i).isObject()) {
                        others.add(bucketOf(node.get(i), where));
                    } else {
                        problems.add(where + " is not an object");
                    }
                }
                return new Collected.Known<>(List.copyOf(others));
            });
        }

        private RoleSnapshot role(JsonNode node) {
            unknownKeys("role", node, ROLE);
            return new RoleSnapshot(text(node, "arn", "role"), policy(node, "trust"), policy(node, "policy"));
        }

        private Collected<JsonNode> policy(JsonNode role, String key) {
            var node = role.get(key);
            return node != null && node.isTextual() ? new Collected.Known<>(node) : object(role, key, "role." + key);
        }

        private Trusted trusted(Collected<JsonNode> collected) {
            var known = collected.known();
            if (known.isEmpty()) {
                return Trusted.NOBODY;
            }
            var node = known.get();
            unknownKeys("trusted", node, TRUSTED);
            return new Trusted(
                    texts(node, "accounts"),
                    texts(node, "vpcs"),
                    texts(node, "vpces"),
                    texts(node, "orgIds"),
                    texts(node, "ips"),
                    texts(node, "principals"));
        }

        private Set<String> texts(JsonNode node, String key) {
            var texts = new LinkedHashSet<String>();
            var list = node.get(key);
            if (list == null || list.isNull()) {
                return texts;
            }
            if (!list.isArray()) {
                problems.add("trusted." + key + " is not a list");
                return texts;
            }
            list.forEach(one -> {
                if (one.isTextual()) {
                    texts.add(one.textValue());
                } else {
                    problems.add("trusted." + key + " holds " + one.getNodeType() + " where a text belongs");
                }
            });
            return texts;
        }

        private @Nullable String text(JsonNode node, String key, String where) {
            var value = node.get(key);
            if (value == null || value.isNull()) {
                return null;
            }
            if (!value.isTextual()) {
                problems.add(where + "." + key + " is not a text");
                return null;
            }
            return value.textValue();
        }

        private Collected<JsonNode> object(JsonNode parent, String key, String where) {
            return Collected.member(parent, key)
                    .then(node -> node.isObject() ? new Collected.Known<>(node) : wrongShape(where, "an object"));
        }

        private <T> Collected<T> wrongShape(String where, String wanted) {
            problems.add(where + " is not " + wanted);
            return new Collected.Unavailable<>(where + " is not " + wanted);
        }

        private void unknownKeys(String where, JsonNode node, Set<String> known) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                if (!known.contains(property.getKey())) {
                    problems.add(unknownKey(where, property.getKey()));
                }
            }
        }

        private static String unknownKey(String where, String key) {
            return where + " has the unknown key \"" + key + "\": nothing was read from it";
        }
    }
}
