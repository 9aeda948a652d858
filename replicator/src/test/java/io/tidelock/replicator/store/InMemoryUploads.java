package io.tidelock.replicator.store;

import io.tidelock.domain.Bucket;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The multipart uploads under way in the in-memory store. Guarded by the store's lock. */
final class InMemoryUploads {
    private final Map<String, InMemoryUpload> byId = new HashMap<>();

    /** @param md5s whether the ETags of its parts are their MD5s */
    Multipart.Upload start(String id, ReplicaWrite write, Instant now, boolean md5s) {
        byId.put(id, new InMemoryUpload(write.destination(), now, md5s));
        return new Multipart.Upload(write, id);
    }

    InMemoryUpload of(StoreCall call, Multipart.Upload upload) {
        return of(call, upload.uploadId());
    }

    InMemoryUpload of(StoreCall call, String uploadId) {
        return Optional.ofNullable(byId.get(uploadId))
                .orElseThrow(() -> InMemoryObjectStore.failure(StoreFailure.NOT_FOUND, call, "NoSuchUpload"));
    }

    /** The joined parts, held to the checksum that the upload was started with. */
    InMemoryUpload.Whole complete(Multipart.Upload upload, List<Multipart.Part> parts) {
        var whole = of(StoreCall.CompleteMultipartUpload, upload).complete(parts);
        var checksum = upload.write().checksum();
        if (checksum != null && !checksum.composite()) {
            Digests.requireSame(StoreCall.CompleteMultipartUpload, checksum, whole.bytes());
        }
        return whole;
    }

    List<Multipart.Open> all(Bucket bucket) {
        return byId.entrySet().stream()
                .map(upload -> upload.getValue().open(upload.getKey()))
                .filter(upload -> upload.object().bucket().equals(bucket))
                .sorted(Comparator.comparing(upload -> upload.object().key()))
                .toList();
    }

    void remove(String uploadId) {
        byId.remove(uploadId);
    }

    int size() {
        return byId.size();
    }
}
