package io.tidelock.replicator.store;

import io.tidelock.domain.ObjectKey;
import java.time.Instant;

/** The parts of a multipart upload. */
public final class Multipart {
    private Multipart() {}

    /** An upload under way. */
    public record Upload(ReplicaWrite write, String uploadId) {}

    /**
     * A part that the store has.
     *
     * @param number from 1
     * @param eTag without quotes
     * @param checksumBase64 in the upload's algorithm, or empty where it has none
     */
    public record Part(int number, String eTag, String checksumBase64) {}

    /** A part as the store lists it. */
    public record Kept(Part part, long sizeBytes) {}

    /**
     * A part of a version that stands, as the store tells of it.
     *
     * @param parts how many the version was uploaded in
     */
    public record Told(long sizeBytes, int parts) {}

    /**
     * An upload as the store lists it, whoever began it.
     *
     * @param begunAt when it was begun
     */
    public record Open(ObjectKey object, String uploadId, Instant begunAt) {}
}
