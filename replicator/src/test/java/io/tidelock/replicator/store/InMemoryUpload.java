package io.tidelock.replicator.store;

import io.tidelock.domain.ObjectKey;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A multipart upload under way in the in-memory store. */
final class InMemoryUpload {
    private final TreeMap<Integer, byte[]> parts = new TreeMap<>();
    private final ObjectKey object;
    private final Instant begunAt;
    private final boolean md5s;

    /** @param md5s whether the ETags of its parts are their MD5s */
    InMemoryUpload(ObjectKey object, Instant begunAt, boolean md5s) {
        this.object = object;
        this.begunAt = begunAt;
        this.md5s = md5s;
    }

    private byte[] hashed(byte[] part) {
        return md5s ? part : Digests.md5(part);
    }

    private String eTag(byte[] part) {
        return Digests.eTag(hashed(part));
    }

    Multipart.Part add(int number, byte[] bytes) {
        parts.put(number, bytes);
        return new Multipart.Part(number, eTag(bytes), "");
    }

    List<Multipart.Kept> kept() {
        return parts.entrySet().stream()
                .map(part -> new Multipart.Kept(
                        new Multipart.Part(part.getKey(), eTag(part.getValue()), ""), part.getValue().length))
                .toList();
    }

    Multipart.Open open(String id) {
        return new Multipart.Open(object, id, begunAt);
    }

    Whole complete(List<Multipart.Part> listed) {
        var bytes = new ByteArrayOutputStream();
        var joined = new ArrayList<byte[]>();
        int last = 0;
        for (var part : listed) {
            var data = parts.get(part.number());
            if (part.number() <= last || data == null || !eTag(data).equals(part.eTag())) {
                throw InMemoryObjectStore.failure(
                        StoreFailure.INVALID_REQUEST,
                        StoreCall.CompleteMultipartUpload,
                        "InvalidPart or InvalidPartOrder at part " + part.number());
            }
            last = part.number();
            bytes.writeBytes(data);
            joined.add(data);
        }
        return new Whole(
                bytes.toByteArray(),
                Digests.eTagOfParts(joined.stream().map(this::hashed).toList()),
                joined.stream().map(part -> (long) part.length).toList());
    }

    /** The joined parts, their ETag, and how long they are. */
    @SuppressWarnings("ArrayRecordComponent") // carried from here to the store, never compared
    record Whole(byte[] bytes, String eTag, List<Long> parts) {}
}
