package io.tidelock.replicator.store;

import io.tidelock.domain.ObjectHead;
import java.io.InputStream;

/**
 * A version whose body is being read. Closing early gives the connection up; closing after the last byte returns it.
 * The body fails with a {@link StoreException} inside an {@code IOException} when the bytes do not match the store's
 * checksum. Not thread-safe.
 *
 * @param head of the whole version, even when a range was asked
 * @param body exactly the bytes that were asked for
 * @param lengthBytes how many bytes the body has
 */
public record OpenObject(ObjectHead head, InputStream body, long lengthBytes) implements AutoCloseable {
    @Override
    public void close() {
        try {
            body.close();
        } catch (java.io.IOException ignored) {
            // nothing is owed to a body that nobody wants
        }
    }
}
