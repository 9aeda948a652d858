package io.tidelock.deploy.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.compliance.snapshot.BucketDocument;
import io.tidelock.deploy.config.Replication;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.s3.S3Credentials;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The buckets of a configuration as snapshots: each with the buckets that rules connect it with, its account and the role
 * that replicates it. Every document is read once. Not thread-safe.
 */
public final class SnapshotExport implements AutoCloseable {
    /** How many documents are read at the same time. */
    private static final int READS_MAX = 16;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final TidelockConfig config;
    private final Map<String, PostureReader> readers;
    private final Runnable onRead;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore reading = new Semaphore(READS_MAX);
    private final Map<Bucket, ObjectNode> read = new LinkedHashMap<>();
    private final Map<String, JsonNode> blocks = new LinkedHashMap<>();
    private final Set<String> unavailable = ConcurrentHashMap.newKeySet();

    /**
     * Prepares an export; reads nothing yet.
     *
     * @param readers by the name of the store; stay open
     * @param onRead told of every document that was read, by many threads
     */
    public SnapshotExport(TidelockConfig config, Map<String, PostureReader> readers, Runnable onRead) {
        this.config = config;
        this.readers = Map.copyOf(readers);
        this.onRead = onRead;
    }

    /** Every bucket that is exported, in the order of the configuration. */
    public List<Bucket> buckets() {
        var all = new LinkedHashSet<Bucket>();
        config.replication().forEach(replication -> {
            all.add(replication.source());
            replication.places().forEach((bucket, place) -> all.add(new Bucket(place.store(), bucket)));
        });
        return List.copyOf(all);
    }

    /** How many documents are read for every bucket. */
    public static int documentsEach() {
        return BucketDocument.values().length;
    }

    /** What could not be read so far, each with the bucket and the store's code. */
    public Set<String> unavailable() {
        return new TreeSet<>(unavailable);
    }

    /** One bucket's snapshot. Blocks. */
    public ObjectNode snapshot(Bucket bucket) throws InterruptedException {
        var snapshot = JSON.objectNode();
        snapshot.set("bucket", bucket(bucket));
        snapshot.set("account", account(bucket));
        var others = snapshot.putArray("otherBuckets");
        for (var other : connected(bucket)) {
            others.add(bucket(other));
        }
        snapshot.set("role", role(bucket));
        snapshot.set("trusted", trusted());
        snapshot.putObject("settings");
        return snapshot;
    }

    private ObjectNode bucket(Bucket bucket) throws InterruptedException {
        var known = read.get(bucket);
        if (known == null) {
            known = readBucket(bucket);
            read.put(bucket, known);
        }
        return known;
    }

    private ObjectNode readBucket(Bucket bucket) throws InterruptedException {
        var store = config.stores().get(bucket.store());
        var reader = reader(bucket);
        var node = JSON.objectNode()
                .put("name", bucket.name())
                .put("region", store == null ? null : store.region())
                .put("account", store == null ? null : store.account());
        var pending = new LinkedHashMap<BucketDocument, Future<Collected<JsonNode>>>();
        for (var which : BucketDocument.values()) {
            pending.put(which, threads.submit(() -> {
                reading.acquire();
                try {
                    return reader.document(bucket.name(), which);
                } finally {
                    reading.release();
                    onRead.run();
                }
            }));
        }
        for (var one : pending.entrySet()) {
            node.set(one.getKey().key(), written(bucket + " " + one.getKey().key(), get(one.getValue())));
        }
        return node;
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a document could not be read: " + bug.getCause(), bug);
        }
    }

    private PostureReader reader(Bucket bucket) {
        var reader = readers.get(bucket.store());
        if (reader == null) {
            throw new IllegalStateException("there is no store " + bucket.store());
        }
        return reader;
    }

    private ObjectNode account(Bucket bucket) {
        var store = config.stores().get(bucket.store());
        var id = store == null ? null : store.account();
        var node = JSON.objectNode().put("id", id);
        if (id == null) {
            node.set(
                    "publicAccessBlock",
                    written(
                            bucket + " account.publicAccessBlock",
                            new Collected.Unavailable<>("AccountNotConfigured")));
        } else {
            node.set(
                    "publicAccessBlock",
                    once(
                            bucket.store() + " account " + id,
                            () -> written(
                                    bucket.store() + " account.publicAccessBlock",
                                    reader(bucket).accountBlock(id))));
        }
        return node;
    }

    private JsonNode once(String what, Supplier<JsonNode> node) {
        return blocks.computeIfAbsent(what, _ -> node.get());
    }

    /** The buckets that a rule connects with it, in the order of the configuration. */
    private Set<Bucket> connected(Bucket bucket) {
        var connected = new LinkedHashSet<Bucket>();
        for (var replication : config.replication()) {
            replication.places().forEach((name, place) -> {
                var destination = new Bucket(place.store(), name);
                if (replication.source().equals(bucket)) {
                    connected.add(destination);
                } else if (destination.equals(bucket)) {
                    connected.add(replication.source());
                }
            });
        }
        return connected;
    }

    /** The role that the bucket's own replication names, else the rules' document; none where nothing does. */
    private JsonNode role(Bucket bucket) throws InterruptedException {
        var own = bucket(bucket).path("replication").path("Role").asText("");
        var arn = own.isEmpty()
                ? config.replication().stream()
                        .filter(replication -> replication.source().equals(bucket))
                        .map(Replication::role)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse("")
                : own;
        if (arn.isEmpty()) {
            return JSON.nullNode();
        }
        var reader = reader(bucket);
        return once(bucket.store() + " role " + arn, () -> {
            var role = JSON.objectNode().put("arn", arn);
            role.set("trust", written(bucket + " role.trust", reader.trust(arn)));
            role.set("policy", written(bucket + " role.policy", reader.permissions(arn)));
            return role;
        });
    }

    /** The accounts and roles of the configuration are not foreign. */
    private ObjectNode trusted() {
        var accounts = new TreeSet<String>();
        var principals = new TreeSet<String>();
        config.stores().values().forEach(store -> {
            if (store.account() != null) {
                accounts.add(store.account());
            }
            if (store.credentials() instanceof S3Credentials.AssumeRole role) {
                principals.add(role.roleArn());
            }
        });
        config.replication().forEach(replication -> replication.role().ifPresent(principals::add));
        var trusted = JSON.objectNode();
        accounts.forEach(trusted.putArray("accounts")::add);
        for (var none : List.of("vpcs", "vpces", "orgIds", "ips")) {
            trusted.putArray(none);
        }
        principals.forEach(trusted.putArray("principals")::add);
        return trusted;
    }

    private JsonNode written(String what, Collected<JsonNode> document) {
        return switch (document) {
            case Collected.Known<JsonNode>(var node) -> node;
            case Collected.NotConfigured<JsonNode> _ -> JSON.nullNode();
            case Collected.NotCollected<JsonNode> _ -> unavailable(what, "NotCollected");
            case Collected.Unavailable<JsonNode>(var code) -> unavailable(what, code);
        };
    }

    private JsonNode unavailable(String what, String code) {
        unavailable.add(what + ": " + code);
        return JSON.objectNode().put("$unavailable", code);
    }

    /** Ends its threads. */
    @Override
    public void close() {
        threads.close();
    }
}
