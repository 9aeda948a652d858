package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.Body;
import java.time.Instant;
import java.util.Optional;

/**
 * A part of an upload or of a version that came in parts.
 *
 * @param number from 1 to 10,000
 * @param eTag the ETag without quotes
 * @param body its bytes
 * @param checksum its checksum
 * @param lastModified when it came
 */
public record Part(int number, String eTag, Body body, Optional<Checksum> checksum, Instant lastModified) {
    public long size() {
        return body.size();
    }
}
