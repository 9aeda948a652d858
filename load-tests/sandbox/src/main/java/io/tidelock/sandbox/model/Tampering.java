package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.FlippedByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;

/** Damages a bucket behind S3's back, without an event: what tests do to see whether a comparison notices. */
public final class Tampering {
    private final BucketState bucket;

    public Tampering(BucketState bucket) {
        this.bucket = bucket;
    }

    /** Flips all bits of one byte; ETag and checksums stay as they were. Blocks when the body lies in a file. */
    public void corruptByte(StoredVersion version, long offset) {
        bucket.change(version, stored -> {
            stored.body().retain();
            try {
                return stored.withBody(FlippedByte.in(stored.body(), offset));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Lets two versions of a key change places in its stack. */
    public void swap(String key, String leftVersionId, String rightVersionId) {
        bucket.swap(key, leftVersionId, rightVersionId);
    }

    /** Gives a version to somebody else; seen only where the bucket's ownership is not BucketOwnerEnforced. */
    public void changeOwner(StoredVersion version, String canonicalId) {
        bucket.change(version, stored -> stored.withOwner(canonicalId));
    }

    /** Takes one tag away. */
    public void dropTag(StoredVersion version, String tag) {
        bucket.change(version, stored -> {
            var tags = new LinkedHashMap<>(stored.attributes().tags());
            if (tags.remove(tag) == null) {
                throw new IllegalArgumentException("the version has no tag " + tag);
            }
            return stored.withTags(tags);
        });
    }
}
