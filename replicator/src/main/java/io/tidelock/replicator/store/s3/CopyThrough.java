package io.tidelock.replicator.store.s3;

import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.OpenObject;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.Written;
import org.jspecify.annotations.Nullable;

/** Copies by reading and writing, for stores whose own copies are not what was asked for. */
final class CopyThrough {
    private final S3ObjectStore store;

    CopyThrough(S3ObjectStore store) {
        this.store = store;
    }

    Written copy(ObjectVersion source, @Nullable String ifMatch, ReplicaWrite write) {
        try (OpenObject open = store.open(source, null, ifMatch)) {
            return store.put(write, open.body());
        }
    }

    Multipart.Part copyPart(
            Multipart.Upload upload, int number, ObjectVersion source, @Nullable String ifMatch, ByteRange range) {
        try (OpenObject open = store.open(source, range, ifMatch)) {
            return store.uploadPart(upload, number, open.body(), range.lengthBytes());
        }
    }
}
