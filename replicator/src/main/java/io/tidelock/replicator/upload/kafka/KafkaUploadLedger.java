package io.tidelock.replicator.upload.kafka;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.StreamPosition;
import io.tidelock.ingest.handoff.NewerRecordException;
import io.tidelock.ingest.kafka.CompactedTable;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.replicator.upload.SavedUpload;
import io.tidelock.replicator.upload.UploadLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as a compacted topic that every instance reads whole: there are few uploads at any time, and an owner must
 * see what the owner before it began.
 */
public final class KafkaUploadLedger implements UploadLedger, AutoCloseable {
    /** With so many on record a new upload is not kept, and is not carried on after a restart. */
    public static final int UPLOADS_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaUploadLedger.class);

    private final CompactedTable table;
    private final Set<StreamPosition> complained = ConcurrentHashMap.newKeySet();

    /** Connects when it is first asked. */
    public KafkaUploadLedger(KafkaSettings settings, String topic) {
        table = new CompactedTable(settings, "uploads", topic);
    }

    @Override
    public List<SavedUpload> of(ObjectKey replica) throws InterruptedException {
        return all().stream().filter(upload -> upload.replica().equals(replica)).toList();
    }

    /** Those that can be read; what cannot be is left as it is, and logged once. */
    @Override
    public List<SavedUpload> all() throws InterruptedException {
        var uploads = new ArrayList<SavedUpload>();
        try {
            for (var row : table.read()) {
                switch (UploadCodec.decode(row.value())) {
                    case UploadCodec.Read(var upload) -> uploads.add(upload);
                    case UploadCodec.Newer(var detail) ->
                        complain(row.at(), "of a newer Tidelock, which is left to it: " + detail);
                    case UploadCodec.Unreadable(var detail) -> complain(row.at(), "that is none: " + detail);
                }
            }
        } catch (IllegalStateException e) {
            LOG.atWarn().addKeyValue("problem", e.getMessage()).log("Uploads under way are not known now");
        }
        return uploads;
    }

    private void complain(StreamPosition at, String about) {
        if (complained.size() < UPLOADS_MAX && complained.add(at)) {
            LOG.atError()
                    .addKeyValue("record", at)
                    .addKeyValue("problem", about)
                    .log("A record of uploads cannot be read");
        }
    }

    /**
     * The same for those who have to know.
     *
     * @throws IllegalStateException when Kafka does not answer or refuses, or the topic does not exist
     * @throws NewerRecordException when a newer version of the program has written one
     */
    public List<SavedUpload> known() throws InterruptedException {
        var uploads = new ArrayList<SavedUpload>();
        for (var row : table.read()) {
            switch (UploadCodec.decode(row.value())) {
                case UploadCodec.Read(var upload) -> uploads.add(upload);
                case UploadCodec.Newer(var detail) -> throw new NewerRecordException(row.at(), detail);
                case UploadCodec.Unreadable(var detail) -> complain(row.at(), "that is none: " + detail);
            }
        }
        return uploads;
    }

    @Override
    public boolean keep(SavedUpload upload) throws InterruptedException {
        return table.size() < UPLOADS_MAX && write(upload, UploadCodec.encode(upload));
    }

    @Override
    public void forget(SavedUpload upload) throws InterruptedException {
        var _ = write(upload, null);
    }

    private boolean write(SavedUpload upload, byte @Nullable [] value) throws InterruptedException {
        try {
            table.write(UploadCodec.key(upload), value);
            return true;
        } catch (IllegalStateException e) {
            LOG.atWarn()
                    .addKeyValue("bucket", upload.replica().bucket())
                    .addKeyValue("key", upload.replica().key())
                    .addKeyValue("uploadId", upload.uploadId())
                    .addKeyValue("problem", e.getMessage())
                    .log("The state of a multipart upload could not be kept");
            return false;
        }
    }

    @Override
    public void close() {
        table.close();
    }
}
