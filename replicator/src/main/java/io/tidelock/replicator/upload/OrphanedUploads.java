package io.tidelock.replicator.upload;

import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts uploads that nobody carries on, so that their parts cost nothing. Only what the ledger names is Tidelock's own;
 * uploads of other tools are never touched. Several instances may do it at once. Blocks; thread-safe.
 */
public final class OrphanedUploads {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanedUploads.class);

    private final UploadLedger ledger;
    private final Map<String, ObjectStore> stores;
    private final InstantSource clock;
    private final Duration ageMax;

    /**
     * @param stores by the names that keys carry; an upload to another store is left alone
     * @param ageMax an upload that was not carried on for longer is an orphan
     */
    public OrphanedUploads(UploadLedger ledger, Map<String, ObjectStore> stores, InstantSource clock, Duration ageMax) {
        this.ledger = ledger;
        this.stores = Map.copyOf(stores);
        this.clock = clock;
        this.ageMax = ageMax;
    }

    /** Aborts what there is now; how many were ended. */
    public int abort() throws InterruptedException {
        var before = clock.instant().minus(ageMax);
        var ended = 0;
        for (var upload : ledger.all()) {
            if (upload.at().isBefore(before) && abort(upload)) {
                ended++;
            }
        }
        return ended;
    }

    /** Aborts one upload; whether it is gone now. */
    public boolean abort(SavedUpload upload) throws InterruptedException {
        var store = stores.get(upload.replica().bucket().store());
        if (store == null) {
            return false;
        }
        try {
            store.abortUpload(upload.replica(), upload.uploadId());
        } catch (StoreException e) {
            if (e.failure() != StoreFailure.NOT_FOUND) {
                LOG.atWarn()
                        .addKeyValue("bucket", upload.replica().bucket())
                        .addKeyValue("key", upload.replica().key())
                        .addKeyValue("uploadId", upload.uploadId())
                        .addKeyValue("failure", e.failure())
                        .log("A multipart upload could not be aborted; it is tried again later");
                return false;
            }
        }
        ledger.forget(upload);
        return true;
    }
}
