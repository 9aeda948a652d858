package io.tidelock.sandbox.model;

import java.time.Instant;

/** A delete marker: a version without data, tags or ACL that hides the object (UG: Working with delete markers). */
public record DeleteMarker(String key, String versionId, Instant lastModified, String sequencer, String ownerId)
        implements Version {}
