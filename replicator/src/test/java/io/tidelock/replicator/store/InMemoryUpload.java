package io.tidelock.replicator.store;

import io.tidelock.domain.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** A multipart upload under way in the in-memory store. */
final class InMemoryUpload {
    private final TreeMap<Integer, byte[]> parts = new TreeMap<>();
    private final ObjectKey object;
    private final Instant begunAt;

    InMemoryUpload(ObjectKey object, Instant begunAt) {
        this.object = object;
        this.begunAt = begunAt;
    }

    Multipart.Part add(int number, byte[] bytes) {
        parts.put(number, bytes);
        return new Multipart.Part(number, Digests.eTag(bytes), "");
    }

    List<Multipart.Kept> kept() {
        return parts.entrySet().stream()
                .map(part -> new Multipart.Kept(
                        new Multipart.Part(part.getKey(), Digests.eTag(part.getValue()), ""), part.getValue().length))
                .toList();
    }

    Multipart.Open open(String id) {
        return new Multipart.Open(object, id, begunAt);
    }

    Whole complete(List<Multipart.Part> listed) {
        var bytes = new ByteArrayOutputStream();
        var md5s = new ByteArrayOutputStream();
        int last = 0;
        for (var part : listed) {
            var data = parts.get(part.number());
            if (part.number() <= last || data == null || !Digests.eTag(data).equals(part.eTag())) {
                throw InMemoryObjectStore.failure(
                        StoreFailure.INVALID_REQUEST,
                        StoreCall.CompleteMultipartUpload,
                        "InvalidPart or InvalidPartOrder at part " + part.number());
            }
            last = part.number();
            bytes.writeBytes(data);
            md5s.writeBytes(Digests.md5(data));
        }
        return new Whole(bytes.toByteArray(), Digests.eTag(md5s.toByteArray()) + "-" + listed.size());
    }

    /** The joined parts and their ETag. */
    @SuppressWarnings("ArrayRecordComponent") // carried from here to the store, never compared
    record Whole(byte[] bytes, String eTag) {}
}
