package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * A body on its way into a store: exactly so many bytes, once. Remembers its own failure, so that it can be told from
 * one of the store that it is sent to.
 */
final class SentBody extends InputStream {
    private final InputStream source;
    private final long lengthBytes;
    private long leftBytes;
    private @Nullable StoreException failure;

    SentBody(InputStream source, long lengthBytes) {
        this.source = source;
        this.lengthBytes = lengthBytes;
        this.leftBytes = lengthBytes;
    }

    /** As the SDK wants it; can be sent once. */
    RequestBody asRequest() {
        return lengthBytes == 0
                ? RequestBody.empty()
                : RequestBody.fromContentProvider(() -> this, lengthBytes, "application/octet-stream");
    }

    /** Why reading failed, if it did. */
    Optional<StoreException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (leftBytes == 0) {
            return -1;
        }
        try {
            int count = source.read(into, offset, (int) Math.min(length, leftBytes));
            if (count < 0) {
                throw new IOException(
                        "the body ended after " + (lengthBytes - leftBytes) + " of " + lengthBytes + " bytes");
            }
            leftBytes -= count;
            return count;
        } catch (IOException e) {
            failure = e.getCause() instanceof StoreException own
                    ? own
                    : new StoreException(StoreFailure.UNAVAILABLE, "GetObject", String.valueOf(e.getMessage()), e);
            throw e;
        }
    }
}
