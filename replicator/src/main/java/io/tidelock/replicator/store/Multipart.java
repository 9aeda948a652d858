package io.tidelock.replicator.store;

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
}
