package io.tidelock.sandbox.model;

import java.util.List;
import java.util.Optional;

/**
 * What CompleteMultipartUpload asks for (API: CompleteMultipartUpload).
 *
 * @param key the object key
 * @param uploadId the upload
 * @param parts the parts in order, at least one
 * @param checksum the checksum that the whole should have
 * @param objectBytes the size that the whole should have
 * @param condition what must hold of the current version
 */
public record Completion(
        String key,
        String uploadId,
        List<CompletedPart> parts,
        Optional<Checksum> checksum,
        Optional<Long> objectBytes,
        WriteCondition condition) {
    public Completion {
        parts = List.copyOf(parts);
    }

    void check(List<Part> found, Optional<Checksum> computed) {
        if (checksum.isPresent()
                && computed.isPresent()
                && computed.get().algorithm() == checksum.get().algorithm()
                && !computed.get().value().equals(checksum.get().value())) {
            throw new Refusal(ErrorCode.BAD_DIGEST);
        }
        var bytes = found.stream().mapToLong(Part::size).sum();
        if (objectBytes.isPresent() && objectBytes.get() != bytes) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The provided 'x-amz-mp-object-size' header value " + objectBytes.get()
                            + " does not match what was computed: " + bytes);
        }
    }
}
