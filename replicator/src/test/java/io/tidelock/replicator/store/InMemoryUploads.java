package io.tidelock.replicator.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The multipart uploads under way in the in-memory store. Guarded by the store's lock. */
final class InMemoryUploads {
    private final Map<String, InMemoryUpload> byId = new HashMap<>();

    Multipart.Upload start(String id, ReplicaWrite write) {
        byId.put(id, new InMemoryUpload());
        return new Multipart.Upload(write, id);
    }

    InMemoryUpload of(StoreCall call, Multipart.Upload upload) {
        return Optional.ofNullable(byId.get(upload.uploadId()))
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

    void remove(Multipart.Upload upload) {
        byId.remove(upload.uploadId());
    }

    int size() {
        return byId.size();
    }
}
