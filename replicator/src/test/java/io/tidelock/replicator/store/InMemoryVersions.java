package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.StoredLayer.StoredMarker;
import io.tidelock.replicator.store.StoredLayer.StoredVersion;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what the in-memory store is asked for, or refuses as the port says. Guarded by the store's lock. */
final class InMemoryVersions {
    private static final Set<String> ARCHIVED = Set.of("GLACIER", "DEEP_ARCHIVE");

    private final InMemoryWorld world;
    private final String store;

    InMemoryVersions(InMemoryWorld world, String store) {
        this.world = world;
        this.store = store;
    }

    InMemoryBucket bucket(StoreCall call, Bucket bucket) {
        return find(bucket)
                .orElseThrow(
                        () -> InMemoryObjectStore.failure(StoreFailure.BUCKET_NOT_FOUND, call, "no bucket " + bucket));
    }

    /** Empty where there is no such bucket, which an answer to a HEAD has no body to say. */
    Optional<InMemoryBucket> find(Bucket bucket) {
        return Optional.of(bucket)
                .filter(asked -> asked.store().equals(store))
                .flatMap(asked -> world.find(asked.name()));
    }

    static HeadAnswer answer(ObjectKey object, Optional<StoredLayer> layer) {
        return layer.map(found -> switch (found) {
                    case StoredMarker marker -> new HeadAnswer.DeleteMarker(marker.id());
                    case StoredVersion version -> {
                        refuseCustomerKey(StoreCall.HeadObject, version);
                        yield new HeadAnswer.Present(version.head(object));
                    }
                })
                .orElseGet(HeadAnswer.Missing::new);
    }

    private static void refuseCustomerKey(StoreCall call, StoredVersion version) {
        if (version.encryption() instanceof Encryption.SseC(var keyMd5) && keyMd5 == null) {
            throw InMemoryObjectStore.failure(StoreFailure.CUSTOMER_KEY_NEEDED, call, "encrypted with SSE-C");
        }
    }

    StoredVersion data(StoreCall call, ObjectVersion version, @Nullable String ifMatch) {
        var data = data(call, version);
        if (ifMatch != null && !ifMatch.equals(data.eTag())) {
            throw InMemoryObjectStore.failure(StoreFailure.PRECONDITION, call, "ETag is " + data.eTag());
        }
        return data;
    }

    StoredVersion data(StoreCall call, ObjectVersion version) {
        var key = version.object().key();
        return switch (bucket(call, version.object().bucket())
                .find(key, version.id())
                .orElseThrow(() -> InMemoryObjectStore.failure(StoreFailure.NOT_FOUND, call, "NoSuchVersion"))) {
            case StoredMarker _ ->
                throw InMemoryObjectStore.failure(StoreFailure.NOT_FOUND, call, "MethodNotAllowed on a delete marker");
            case StoredVersion data -> {
                refuseCustomerKey(call, data);
                yield data;
            }
        };
    }

    static StoredVersion readable(StoreCall call, StoredVersion data, String code) {
        if (ARCHIVED.contains(data.storageClass())) {
            throw InMemoryObjectStore.failure(StoreFailure.ARCHIVED, call, code);
        }
        return data;
    }
}
