package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.Body;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The uploads in parts of one bucket; not safe for threads, the bucket guards it. */
final class Uploads {
    private final Map<String, Upload> byId = new HashMap<>();

    Upload begin(String id, String key, Instant at, Actor initiator, UploadPlan plan) {
        var upload = new Upload(id, key, at, initiator, plan);
        byId.put(id, upload);
        return upload;
    }

    /** The upload with this id, which must be one of this key. */
    Upload get(String key, String id) {
        var upload = byId.get(id);
        if (upload == null || !upload.key.equals(key)) {
            throw new Refusal(ErrorCode.NO_SUCH_UPLOAD).with("UploadId", id);
        }
        return upload;
    }

    /** A part with the number of an earlier one takes its place (UG: Uploading and copying objects using multipart upload). */
    Part put(Upload upload, NewPart part, Identifiers identifiers, Instant now) {
        var opaque = upload.plan.attributes().encryption().hidesMd5();
        var eTag = opaque ? identifiers.opaqueETag() : part.md5();
        var stored = new Part(part.number(), eTag, part.body(), part.checksum(), now);
        var earlier = upload.parts.put(part.number(), stored);
        if (earlier != null) {
            earlier.body().release();
        }
        return stored;
    }

    /** Ends an upload and lets go of all parts but those kept. */
    void end(Upload upload, List<Part> kept) {
        byId.remove(upload.id);
        upload.parts.values().stream()
                .filter(part -> !kept.contains(part))
                .map(Part::body)
                .forEach(Body::release);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    void close() {
        List.copyOf(byId.values()).forEach(upload -> end(upload, List.of()));
    }

    /** By key, then by the time they were begun (API: ListMultipartUploads). */
    List<UploadView> list() {
        return byId.values().stream()
                .sorted(Comparator.comparing((Upload upload) -> upload.key, KeyOrder.UTF8)
                        .thenComparing(upload -> upload.initiated)
                        .thenComparing(upload -> upload.id))
                .map(Upload::view)
                .toList();
    }
}
