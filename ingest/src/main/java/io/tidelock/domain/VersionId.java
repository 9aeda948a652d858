package io.tidelock.domain;

import org.jspecify.annotations.Nullable;

/**
 * The id of one version or delete marker. A missing, empty or literal {@code "null"} id is the null version (rule 20).
 *
 * @param value the id as the store spells it; {@code "null"} for the null version
 */
public record VersionId(String value) {
    /** The one version without an id of its own; it is mutable. */
    public static final VersionId NULL = new VersionId("null");

    public VersionId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("version id must not be empty; use VersionId.NULL");
        }
    }

    /** Reads an id as stores report it: absent and empty mean the null version. */
    public static VersionId of(@Nullable String value) {
        return value == null || value.isEmpty() ? NULL : new VersionId(value);
    }

    public boolean isNull() {
        return value.equals("null");
    }

    @Override
    public String toString() {
        return value;
    }
}
