package io.tidelock.sandbox.model;

import io.tidelock.sandbox.body.Body;
import io.tidelock.sandbox.body.HeapBody;
import io.tidelock.sandbox.body.JoinedBody;
import io.tidelock.sandbox.body.SlicedBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;

/** Damages a bucket behind S3's back, without an event: what tests do to see whether a comparison notices. */
public final class Tampering {
    private final BucketState bucket;

    public Tampering(BucketState bucket) {
        this.bucket = bucket;
    }

    /** Flips all bits of one byte; ETag and checksums stay as they were. Blocks when the body lies in a file. */
    public void corruptByte(StoredVersion version, long offset) {
        bucket.change(version, stored -> {
            var body = stored.body();
            var flipped = new byte[] {(byte) ~byteAt(body, offset)};
            body.retain();
            return stored.withBody(new JoinedBody(List.of(
                    new SlicedBody(body, 0, offset),
                    new HeapBody(flipped, 1),
                    new SlicedBody(body, offset + 1, body.size() - offset - 1))));
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

    private static byte byteAt(Body body, long offset) {
        var found = new byte[1];
        try {
            for (var segment : body.segments(offset, 1)) {
                segment.forEach(piece -> found[0] = piece[0]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found[0];
    }
}
