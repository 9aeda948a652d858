package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.Multipart.Upload;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a large version in parts, several at once, each read with {@code If-Match} so that all are of one object. What
 * fails is aborted, so that no part stays behind and costs. Thread-safe.
 */
final class MultipartCopier {
    private static final Logger LOG = LoggerFactory.getLogger(MultipartCopier.class);

    private final TransferSettings settings;
    private final ByteBudget budget;
    private final PartRetries retries;

    MultipartCopier(TransferSettings settings, ByteBudget budget, PartRetries retries) {
        this.settings = settings;
        this.budget = budget;
        this.retries = retries;
    }

    /** One part, from wherever it comes. */
    @FunctionalInterface
    private interface PartCopy {
        Part copy(Upload upload, int number, ByteRange range) throws InterruptedException;
    }

    /** Through this process. */
    Written across(ObjectStore source, ObjectStore destination, ObjectHead head, ReplicaWrite write)
            throws InterruptedException {
        return inParts(
                destination,
                PartPlan.of(head.sizeBytes(), settings.partSizeBytes()),
                write,
                (upload, number, range) -> {
                    try (var _ = budget.take(write.destination().bucket(), range.lengthBytes());
                            var body = Side.SOURCE.call(() -> source.open(head.version(), range, head.eTag()))) {
                        return Copier.writing(
                                Side.SOURCE,
                                () -> destination.uploadPart(
                                        upload,
                                        number,
                                        CheckedBody.ofPart(body.body(), range.lengthBytes()),
                                        range.lengthBytes()));
                    }
                });
    }

    /** By the store itself. */
    Written within(ObjectStore store, ObjectHead head, ReplicaWrite write) throws InterruptedException {
        return inParts(
                store,
                PartPlan.of(head.sizeBytes(), TransferSettings.PART_BYTES_MAX),
                write,
                (upload, number, range) ->
                        Side.DESTINATION.call(() -> store.copyPart(upload, number, head.version(), range)));
    }

    private Written inParts(ObjectStore destination, PartPlan plan, ReplicaWrite write, PartCopy copy)
            throws InterruptedException {
        var upload = Side.DESTINATION.call(() -> destination.startUpload(write));
        var complete = false;
        try {
            var parts = parts(upload, plan, copy);
            var written = Side.DESTINATION.call(() -> destination.completeUpload(upload, parts));
            complete = true;
            return written;
        } finally {
            if (!complete) {
                abort(destination, upload);
            }
        }
    }

    private List<Part> parts(Upload upload, PartPlan plan, PartCopy copy) throws InterruptedException {
        var next = new AtomicInteger();
        var done = new ConcurrentLinkedQueue<Part>();
        var workers = Math.min(plan.parts(), settings.partsInFlightMax());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new ExecutorCompletionService<Void>(threads);
            for (var i = 0; i < workers; i++) {
                ended.submit(() -> {
                    for (var number = next.incrementAndGet(); number <= plan.parts(); number = next.incrementAndGet()) {
                        var part = number;
                        done.add(retries.run(() -> copy.copy(upload, part, plan.range(part))));
                    }
                    return null;
                });
            }
            try {
                for (var i = 0; i < workers; i++) {
                    succeed(ended.take());
                }
            } catch (Throwable failed) {
                threads.shutdownNow();
                throw failed;
            }
        }
        var parts = new ArrayList<>(done);
        parts.sort(Comparator.comparingInt(Part::number));
        return parts;
    }

    private static void succeed(Future<Void> worker) throws InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SidedException refused -> throw refused;
                case InterruptedException stopped -> throw stopped;
                case null, default -> throw new IllegalStateException("a part could not be copied", e.getCause());
            }
        }
    }

    private static void abort(ObjectStore destination, Upload upload) {
        try {
            destination.abortUpload(upload);
        } catch (StoreException e) {
            LOG.atWarn()
                    .addKeyValue("bucket", upload.write().destination().bucket())
                    .addKeyValue("key", upload.write().destination().key())
                    .addKeyValue("uploadId", upload.uploadId())
                    .addKeyValue("failure", e.failure())
                    .log("A multipart upload could not be aborted; its parts stay until somebody does");
        }
    }
}
