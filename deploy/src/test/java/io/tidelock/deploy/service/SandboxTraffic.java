package io.tidelock.deploy.service;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.sandbox.TwoRegions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Writes to the source bucket of a sandbox and looks at the destination, through the stores of a configuration. */
public final class SandboxTraffic {
    private static final Bucket SOURCE = new Bucket("paris", TwoRegions.SOURCE_BUCKET);
    private static final Bucket DESTINATION = new Bucket("frankfurt", TwoRegions.DESTINATION_BUCKET);

    private final Map<String, ObjectStore> stores;
    private final Set<String> keys = new LinkedHashSet<>();

    /** @param stores closed by the caller */
    public SandboxTraffic(Map<String, ObjectStore> stores) {
        this.stores = stores;
    }

    public Map<String, ObjectStore> stores() {
        return stores;
    }

    /** Writes an object that is encrypted with the source's key. */
    public void put(String key, String text) {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var write = new ReplicaWrite(
                new ObjectKey(SOURCE, key),
                body.length,
                ContentHeaders.NONE,
                Map.of("colour", "grey"),
                Map.of(),
                null,
                new Encryption.SseKms(TwoRegions.SOURCE_KEY_ARN, false, false),
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
        var _ = store(SOURCE).put(write, new ByteArrayInputStream(body));
        keys.add(key);
    }

    /** Puts a delete marker on top. */
    public void delete(String key) {
        var _ = store(SOURCE).putDeleteMarker(new ObjectKey(SOURCE, key));
    }

    /** Gives the current version other tags. */
    public void tag(String key, Map<String, String> tags) {
        store(SOURCE).putTags(current(new ObjectKey(SOURCE, key)), tags);
    }

    /** The tags of what is current at the destination. */
    public Map<String, String> tagsAtDestination(String key) {
        return store(DESTINATION).tags(current(new ObjectKey(DESTINATION, key)));
    }

    private ObjectVersion current(ObjectKey key) {
        var top = store(key.bucket()).stack(key).current().orElseThrow();
        return new ObjectVersion(key, top.id());
    }

    /** What the destination has under a key. */
    public HeadAnswer replica(String key) {
        return store(DESTINATION).head(new ObjectKey(DESTINATION, key));
    }

    /** How many of the written keys the destination has. */
    public long replicas() {
        return keys.stream()
                .filter(key -> replica(key) instanceof HeadAnswer.Present)
                .count();
    }

    /** How many versions and markers the destination has of a key. */
    public int versionsAtDestination(String key) {
        return store(DESTINATION)
                .stack(new ObjectKey(DESTINATION, key))
                .layers()
                .size();
    }

    private ObjectStore store(Bucket bucket) {
        return Objects.requireNonNull(stores.get(bucket.store()));
    }
}
