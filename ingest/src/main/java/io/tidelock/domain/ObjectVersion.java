package io.tidelock.domain;

/** One version or delete marker of one object key. */
public record ObjectVersion(ObjectKey object, VersionId id) {
    @Override
    public String toString() {
        return object + "@" + id;
    }
}
