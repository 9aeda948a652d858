package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.upload.SavedUpload;
import io.tidelock.replicator.upload.UploadLedger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger that outlives the runners of a test. */
final class InMemoryUploadLedger implements UploadLedger {
    private final Map<String, SavedUpload> byId = new ConcurrentHashMap<>();

    @Override
    public List<SavedUpload> of(ObjectKey replica) {
        return byId.values().stream()
                .filter(upload -> upload.replica().equals(replica))
                .toList();
    }

    @Override
    public List<SavedUpload> all() {
        return List.copyOf(byId.values());
    }

    @Override
    public boolean keep(SavedUpload upload) {
        byId.put(upload.uploadId(), upload);
        return true;
    }

    @Override
    public void forget(SavedUpload upload) {
        byId.remove(upload.uploadId());
    }
}
