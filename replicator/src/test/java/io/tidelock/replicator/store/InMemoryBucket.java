package io.tidelock.replicator.store;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoredLayer.StoredVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One bucket of the in-memory store: its settings and the layers of every key. Guarded by the store's lock. */
public final class InMemoryBucket {
    private final Map<String, List<StoredLayer>> layers = new HashMap<>();

    Versioning versioning;
    Encryption defaultEncryption = new Encryption.None();

    @Nullable
    String owner;

    String ownership = "BucketOwnerEnforced";
    boolean objectLock;
    boolean retainsByDefault;

    @Nullable
    String replicationConfiguration;

    InMemoryBucket(Versioning versioning) {
        this.versioning = versioning;
    }

    /** Newest first. */
    List<StoredLayer> stack(String key) {
        return layers.getOrDefault(key, List.of());
    }

    Optional<StoredLayer> current(String key) {
        return stack(key).stream().findFirst();
    }

    Optional<StoredLayer> find(String key, VersionId id) {
        return stack(key).stream().filter(layer -> layer.id().equals(id)).findFirst();
    }

    private Optional<StoredVersion> currentData(String key) {
        return current(key).filter(StoredVersion.class::isInstance).map(StoredVersion.class::cast);
    }

    /** Puts a layer on top; a null layer replaces the null layer that was there (rule 20). */
    void push(String key, StoredLayer layer) {
        var stack = layers.computeIfAbsent(key, _ -> new ArrayList<>());
        if (layer.id().isNull()) {
            stack.removeIf(old -> old.id().isNull());
        }
        stack.addFirst(layer);
    }

    boolean remove(String key, VersionId id) {
        return stack(key).removeIf(layer -> layer.id().equals(id));
    }

    void removeAll(String key) {
        layers.remove(key);
    }

    void replace(String key, VersionId id, UnaryOperator<StoredLayer> change) {
        stack(key).replaceAll(layer -> layer.id().equals(id) ? change.apply(layer) : layer);
    }

    List<String> keys() {
        return layers.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    void requireHolds(StoreCall call, String key, Precondition precondition) {
        var current = currentData(key);
        var holds = switch (precondition) {
            case Precondition.Anything _ -> true;
            case Precondition.Nothing _ -> current.isEmpty();
            case Precondition.StillETag(var eTag) ->
                current.map(StoredVersion::eTag).filter(eTag::equals).isPresent();
        };
        if (!holds) {
            throw InMemoryObjectStore.failure(StoreFailure.PRECONDITION, call, "PreconditionFailed");
        }
    }
}
