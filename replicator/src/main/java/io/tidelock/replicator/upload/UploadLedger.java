package io.tidelock.replicator.upload;

import io.tidelock.domain.ObjectKey;
import java.util.List;

/**
 * Which uploads Tidelock has begun and neither completed nor aborted; it outlives the process. What it cannot keep or
 * find only costs requests: a copy begins anew. Calls block and never throw for that reason. Thread-safe.
 */
public interface UploadLedger {
    /** Remembers nothing, so that nothing is carried on. */
    UploadLedger NONE = new UploadLedger() {
        @Override
        public List<SavedUpload> of(ObjectKey replica) {
            return List.of();
        }

        @Override
        public List<SavedUpload> all() {
            return List.of();
        }

        @Override
        public boolean keep(SavedUpload upload) {
            return false;
        }

        @Override
        public void forget(SavedUpload upload) {}
    };

    /** The uploads to one replica key. */
    List<SavedUpload> of(ObjectKey replica) throws InterruptedException;

    /** All uploads, of every instance. */
    List<SavedUpload> all() throws InterruptedException;

    /** Remembers an upload, or that it was carried on; whether it is kept. */
    boolean keep(SavedUpload upload) throws InterruptedException;

    /** It was completed or aborted. */
    void forget(SavedUpload upload) throws InterruptedException;
}
