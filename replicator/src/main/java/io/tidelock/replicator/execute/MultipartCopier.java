package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.execute.ResumableUploads.Begun;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.Multipart.Upload;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Copies a large version in parts, several at once, each read with {@code If-Match} so that all are of one object. What
 * was sent before a failure that may pass, or before a restart, is not sent again. Thread-safe.
 */
final class MultipartCopier {
    private final TransferSettings settings;
    private final ByteBudget budget;
    private final PartRetries retries;
    private final ResumableUploads uploads;

    MultipartCopier(TransferSettings settings, ByteBudget budget, PartRetries retries, ResumableUploads uploads) {
        this.uploads = uploads;
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
                head,
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
                head,
                PartPlan.of(head.sizeBytes(), TransferSettings.PART_BYTES_MAX),
                write,
                (upload, number, range) ->
                        Side.DESTINATION.call(() -> store.copyPart(upload, number, head.version(), range)));
    }

    private Written inParts(ObjectStore destination, ObjectHead head, PartPlan plan, ReplicaWrite write, PartCopy copy)
            throws InterruptedException {
        var begun = uploads.begin(destination, head, plan, write);
        try {
            var parts = parts(begun, plan, copy);
            var written = Side.DESTINATION.call(() -> destination.completeUpload(begun.upload(), parts));
            begun.completed();
            return written;
        } catch (InterruptedException e) {
            begun.interrupted();
            throw e;
        } catch (SidedException refused) {
            begun.failed(refused.refusal().failure());
            throw refused;
        } catch (RuntimeException bug) {
            begun.abort();
            throw bug;
        }
    }

    private List<Part> parts(Begun begun, PartPlan plan, PartCopy copy) throws InterruptedException {
        var done = new ConcurrentLinkedQueue<>(begun.parts());
        var missing = new ConcurrentLinkedQueue<>(missing(begun, plan));
        var workers = Math.min(missing.size(), settings.partsInFlightMax());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new ExecutorCompletionService<Void>(threads);
            for (var i = 0; i < workers; i++) {
                ended.submit(() -> {
                    for (var number = missing.poll(); number != null; number = missing.poll()) {
                        int part = number;
                        done.add(retries.run(() -> copy.copy(begun.upload(), part, plan.range(part))));
                        begun.advanced();
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

    private static List<Integer> missing(Begun begun, PartPlan plan) {
        var there = begun.parts().stream().map(Part::number).collect(Collectors.toSet());
        return IntStream.rangeClosed(1, plan.parts())
                .boxed()
                .filter(number -> !there.contains(number))
                .toList();
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
}
