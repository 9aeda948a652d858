package io.tidelock.replicator.execute;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.budget.RuleCharge;
import io.tidelock.replicator.execute.OwnCuts.OwnCut;
import io.tidelock.replicator.execute.ResumableUploads.Begun;
import io.tidelock.replicator.park.ConcurrencyLimits;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.Multipart.Upload;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Copies a large version in parts, several at once, each read with {@code If-Match} so that all are of one object. What
 * was sent before a failure that may pass, or before a restart, is not sent again. Thread-safe.
 */
final class MultipartCopier {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final TransferSettings settings;
    private final ByteBudget budget;
    private final PartRetries retries;
    private final ResumableUploads uploads;
    private final ConcurrencyLimits limits;
    private final Sleeper sleeper;

    /** @param limits say how many parts may move at once where the destination asks to slow down */
    MultipartCopier(
            TransferSettings settings,
            ByteBudget budget,
            PartRetries retries,
            ResumableUploads uploads,
            ConcurrencyLimits limits,
            Sleeper sleeper) {
        this.uploads = uploads;
        this.limits = limits;
        this.sleeper = sleeper;
        this.settings = settings;
        this.budget = budget;
        this.retries = retries;
    }

    /** One part, from wherever it comes. */
    @FunctionalInterface
    private interface PartCopy {
        /** @param earlier the same part if it is there already and only has to be looked at */
        Part copy(Upload upload, int number, ByteRange range, @Nullable Part earlier) throws InterruptedException;
    }

    /** The part of that number, from 1. */
    @FunctionalInterface
    private interface NumberedPart {
        Part copy(int number) throws InterruptedException;
    }

    /** Through this process. */
    Written across(
            ObjectStore source, ObjectStore destination, ObjectHead head, ReplicaWrite write, Optional<OwnCut> cut)
            throws InterruptedException {
        var plan = cut.map(OwnCut::plan).orElseGet(() -> PartPlan.of(head.sizeBytes(), settings.partSizeBytes()));
        var proof = cut.map(OwnCut::proof)
                .or(() -> ofWhole(head, plan, write, destination))
                .orElse(parts ->
                        CompositeChecksum.require(head.checksum(), plan, parts, () -> OwnCuts.parts(source, head)));
        return inParts(
                destination,
                head,
                plan,
                write,
                (upload, number, range, earlier) -> {
                    try (var _ = budget.take(write.destination().bucket(), range.lengthBytes())) {
                        return earlier != null && holds(earlier, source, head, range, proof)
                                ? earlier
                                : send(source, head, range, destination, upload, number, proof);
                    }
                },
                proof);
    }

    private static boolean holds(Part earlier, ObjectStore source, ObjectHead head, ByteRange range, PartsProof proof) {
        try (var body = Side.SOURCE.call(() -> source.open(head.version(), range, head.eTag()))) {
            return SentEarlier.holds(earlier, proof.reading(body.body(), earlier.number(), range.lengthBytes()));
        }
    }

    private static Part send(
            ObjectStore source,
            ObjectHead head,
            ByteRange range,
            ObjectStore destination,
            Upload upload,
            int number,
            PartsProof proof) {
        try (var body = Side.SOURCE.call(() -> source.open(head.version(), range, head.eTag()))) {
            return Copier.writing(
                    Side.SOURCE,
                    () -> destination.uploadPart(
                            upload,
                            number,
                            proof.reading(body.body(), number, range.lengthBytes()),
                            range.lengthBytes()));
        }
    }

    /** What holds parts of any length to what the source tells of the whole. */
    private static Optional<PartsProof> ofWhole(
            ObjectHead head, PartPlan plan, ReplicaWrite write, ObjectStore destination) {
        var held = destination.capabilities().checksums() && write.checksumOfParts() != null;
        return WholeHash.of(head)
                .map(whole -> whole.ofPieces()
                        .<PartsProof>map(crc -> new WholeCrc(whole, crc, plan, held))
                        .orElseGet(() -> new WholeInOrder(whole, plan)));
    }

    /** By the store itself. */
    Written within(ObjectStore store, ObjectHead head, ReplicaWrite write) throws InterruptedException {
        return inParts(
                store,
                head,
                PartPlan.of(head.sizeBytes(), TransferSettings.PART_BYTES_MAX),
                write,
                (upload, number, range, _) -> Side.DESTINATION.call(
                        () -> store.copyPart(upload, number, head.version(), Copier.ifMatch(head), range)),
                PartsProof.NONE);
    }

    private Written inParts(
            ObjectStore destination,
            ObjectHead head,
            PartPlan plan,
            ReplicaWrite write,
            PartCopy copy,
            PartsProof proof)
            throws InterruptedException {
        var begun = uploads.begin(destination, head, plan, write, proof);
        try {
            var parts = parts(begun, plan, copy, proof);
            proof.require(parts);
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

    /** Those that are there, those that are missing, and once more those that turn out to prove nothing. */
    private List<Part> parts(Begun begun, PartPlan plan, PartCopy copy, PartsProof proof) throws InterruptedException {
        var done = new ConcurrentSkipListMap<Integer, Part>();
        begun.parts().forEach(part -> done.put(part.number(), part));
        Consumer<Part> sent = part -> {
            proof.sent(part);
            done.put(part.number(), part);
        };
        var missing = IntStream.rangeClosed(1, plan.parts())
                .boxed()
                .filter(number -> proof.readsAll() || !done.containsKey(number))
                .toList();
        var atOnceMax = proof.inOrder() ? 1 : settings.partsInFlightMax();
        send(
                missing,
                atOnceMax,
                begun,
                number -> copy.copy(begun.upload(), number, plan.range(number), done.get(number)),
                sent);
        send(
                proof.doubtful(),
                atOnceMax,
                begun,
                number -> copy.copy(begun.upload(), number, plan.range(number), null),
                sent);
        return List.copyOf(done.values());
    }

    private void send(List<Integer> numbers, int atOnceMax, Begun begun, NumberedPart copy, Consumer<Part> sent)
            throws InterruptedException {
        var missing = new ConcurrentLinkedQueue<>(numbers);
        var workers = Math.min(missing.size(), atOnceMax);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new ExecutorCompletionService<Void>(threads);
            for (var i = 0; i < workers; i++) {
                var worker = i;
                ended.submit(RuleCharge.carried(() -> {
                    for (var number = next(missing, worker, begun); number != null; ) {
                        int part = number;
                        sent.accept(retries.run(() -> watched(begun, () -> copy.copy(part))));
                        begun.advanced();
                        number = next(missing, worker, begun);
                    }
                    return null;
                }));
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
    }

    /** The next part, or null when there is none; all workers but the first wait while the destination bears fewer. */
    private @Nullable Integer next(Queue<Integer> missing, int worker, Begun begun) throws InterruptedException {
        while (worker > 0 && worker >= limits.limit(destination(begun)) && !missing.isEmpty()) {
            sleeper.sleep(LOOK_EVERY);
        }
        return missing.poll();
    }

    private Part watched(Begun begun, Callable<Part> copy) throws Exception {
        try (var turn = limits.watch(destination(begun))) {
            try {
                var part = copy.call();
                turn.succeeded();
                return part;
            } catch (SidedException e) {
                if (e.side() == Side.DESTINATION && e.refusal().failure() == StoreFailure.THROTTLED) {
                    turn.throttled();
                }
                throw e;
            }
        }
    }

    private static Bucket destination(Begun begun) {
        return begun.upload().write().destination().bucket();
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
