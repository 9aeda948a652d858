package io.tidelock.replicator.store;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import java.util.Map;

/** A write of bytes and nothing else. */
public final class PlainWrite {
    private PlainWrite() {}

    public static ReplicaWrite of(ObjectKey destination, long sizeBytes) {
        return new ReplicaWrite(
                destination,
                sizeBytes,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.None(),
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }
}
