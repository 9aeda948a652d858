package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.Multipart.Kept;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.Multipart.Upload;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.upload.SavedUpload;
import io.tidelock.replicator.upload.UploadLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Begins multipart uploads, or carries on those that an earlier try has left, in this process or another. An upload of
 * another version, or under a changed rule, is aborted. Null versions are mutable and never carried on. Thread-safe.
 */
final class ResumableUploads {
    /** An upload that takes longer than this says again that somebody is at it. */
    static final Duration SIGN_OF_LIFE_EVERY = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ResumableUploads.class);

    private final UploadLedger ledger;
    private final InstantSource clock;

    ResumableUploads(UploadLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * The upload that the version goes into, with the parts that need not be sent again.
     *
     * @param proof says which of those that are there it can do with
     */
    Begun begin(ObjectStore destination, ObjectHead head, PartPlan plan, ReplicaWrite write, PartsProof proof)
            throws InterruptedException {
        var source = head.version();
        if (source.id().isNull()) {
            return new Begun(destination, start(destination, write), List.of(), null);
        }
        var wanted = new SavedUpload(
                write.destination(),
                "none yet",
                source,
                head.eTag(),
                plan.sizeBytes(),
                plan.partBytes(),
                WriteRevision.of(write),
                clock.instant());
        for (var saved : ledger.of(write.destination())) {
            if (saved.isLike(wanted)) {
                var upload = new Upload(write, saved.uploadId());
                var parts = parts(destination, upload, plan, proof);
                if (parts != null) {
                    LOG.atInfo()
                            .addKeyValue("bucket", write.destination().bucket())
                            .addKeyValue("key", write.destination().key())
                            .addKeyValue("uploadId", saved.uploadId())
                            .addKeyValue("parts", parts.size())
                            .addKeyValue("of", plan.parts())
                            .log("A multipart upload is carried on");
                    return kept(destination, upload, parts, saved.carriedOn(clock.instant()));
                }
            }
            if (saved.source().object().equals(source.object())) {
                new Begun(destination, new Upload(write, saved.uploadId()), List.of(), saved).abort();
            }
        }
        var upload = start(destination, write);
        var saved = new SavedUpload(
                wanted.replica(),
                upload.uploadId(),
                source,
                wanted.sourceETag(),
                wanted.sizeBytes(),
                wanted.partBytes(),
                wanted.revision(),
                wanted.at());
        return kept(destination, upload, List.of(), saved);
    }

    private static Upload start(ObjectStore destination, ReplicaWrite write) {
        return Side.DESTINATION.call(() -> destination.startUpload(write));
    }

    private Begun kept(ObjectStore destination, Upload upload, List<Part> parts, SavedUpload saved)
            throws InterruptedException {
        return new Begun(destination, upload, parts, ledger.keep(saved) ? saved : null);
    }

    /** The parts of an upload that are as planned, or null when it cannot be carried on. */
    private static @Nullable List<Part> parts(ObjectStore destination, Upload upload, PartPlan plan, PartsProof proof) {
        try {
            return destination.parts(upload).stream()
                    .filter(part -> part.part().number() <= plan.parts())
                    .filter(part ->
                            part.sizeBytes() == plan.range(part.part().number()).lengthBytes())
                    .map(Kept::part)
                    .filter(proof::takesOver)
                    .toList();
        } catch (StoreException e) {
            if (e.failure().retryable()) {
                throw new SidedException(Side.DESTINATION, e);
            }
            return null;
        }
    }

    /** One upload under way. Thread-safe. */
    final class Begun {
        private final ObjectStore destination;
        private final Upload upload;
        private final List<Part> parts;
        private final @Nullable SavedUpload saved;
        private final AtomicReference<Instant> seen = new AtomicReference<>(clock.instant());

        private Begun(ObjectStore destination, Upload upload, List<Part> parts, @Nullable SavedUpload saved) {
            this.destination = destination;
            this.upload = upload;
            this.parts = parts;
            this.saved = saved;
        }

        Upload upload() {
            return upload;
        }

        /** What the store has already. */
        List<Part> parts() {
            return parts;
        }

        /** One more part is there. */
        void advanced() throws InterruptedException {
            var now = clock.instant();
            var last = seen.get();
            if (saved != null && now.isAfter(last.plus(SIGN_OF_LIFE_EVERY)) && seen.compareAndSet(last, now)) {
                var _ = ledger.keep(saved.carriedOn(now));
            }
        }

        /** The version stands; whoever interrupts now is told later. */
        void completed() {
            forget();
        }

        /** The work was given up: whoever takes it up next may carry the upload on. */
        void interrupted() {
            if (saved == null) {
                abort();
            }
        }

        /** It is kept for the next try where that may succeed with the very same parts. */
        void failed(StoreFailure failure) {
            var passes = switch (failure) {
                case UNAVAILABLE, CREDENTIALS_UNAVAILABLE, THROTTLED -> true;
                case NOT_FOUND,
                        BUCKET_NOT_FOUND,
                        WRONG_REGION,
                        DENIED,
                        CREDENTIALS,
                        KMS_KEY_NOT_FOUND,
                        KMS_KEY_INVALID_STATE,
                        ARCHIVED,
                        CUSTOMER_KEY_NEEDED,
                        PRECONDITION,
                        CHECKSUM_MISMATCH,
                        UNSUPPORTED,
                        TOO_MANY_VERSIONS,
                        INVALID_REQUEST -> false;
            };
            if (saved == null || !passes) {
                abort();
            }
        }

        /** Nobody needs it; its parts would only cost. */
        void abort() {
            try {
                destination.abortUpload(upload.write().destination(), upload.uploadId());
            } catch (StoreException e) {
                if (e.failure() != StoreFailure.NOT_FOUND) {
                    LOG.atLevel(saved == null ? Level.WARN : Level.INFO)
                            .addKeyValue("bucket", upload.write().destination().bucket())
                            .addKeyValue("key", upload.write().destination().key())
                            .addKeyValue("uploadId", upload.uploadId())
                            .addKeyValue("failure", e.failure())
                            .log("A multipart upload could not be aborted; its parts stay until somebody does");
                    return; // what is on record is aborted later
                }
            }
            forget();
        }

        private void forget() {
            try {
                if (saved != null) {
                    ledger.forget(saved);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
