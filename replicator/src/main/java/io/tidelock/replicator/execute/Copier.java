package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.OpenObject;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.Written;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves the bytes of one version: within a store by the store itself where it can, otherwise streamed through, small ones
 * in one request, large ones in parts, and those that only their parts' checksums can be held to in the same parts.
 * Thread-safe.
 */
final class Copier {
    private final TransferSettings settings;
    private final ByteBudget budget;
    private final MultipartCopier parts;
    private final OwnCuts cuts;

    Copier(TransferSettings settings, MultipartCopier parts, ByteBudget budget) {
        this.settings = settings;
        this.parts = parts;
        this.budget = budget;
        this.cuts = new OwnCuts(settings);
    }

    /**
     * What was written.
     *
     * @param moved how many bytes went through this process
     * @param whole whether it was one request
     */
    record Copied(Written written, long moved, boolean whole) {}

    /**
     * Copies from one store to another.
     *
     * @param opened the source's body if it is open already; closed in any case
     */
    Copied across(
            ObjectStore source,
            ObjectStore destination,
            ObjectHead head,
            ReplicaWrite write,
            Optional<OpenObject> opened)
            throws InterruptedException {
        try (var body = opened.orElse(null)) {
            var cut = cuts.of(source, destination, head, write);
            if (cut.isPresent() || head.sizeBytes() >= settings.multipartThresholdBytes()) {
                close(body);
                return new Copied(parts.across(source, destination, head, write, cut), head.sizeBytes(), false);
            }
            try (var _ = budget.take(write.destination().bucket(), head.sizeBytes());
                    var whole = body == null
                            ? Side.SOURCE.call(() -> source.open(head.version(), null, head.eTag()))
                            : body) {
                var written =
                        writing(Side.SOURCE, () -> destination.put(write, CheckedBody.ofWhole(whole.body(), head)));
                return new Copied(written, head.sizeBytes(), true);
            }
        }
    }

    private static void close(@Nullable OpenObject body) {
        if (body != null) {
            body.close();
        }
    }

    /**
     * Copies within one store. No byte comes here, unless the store cannot copy whole versions: then they go the way that
     * they go between stores.
     *
     * @param reading the side that the version lies at, which is the one that may have archived it
     */
    Copied within(Side reading, ObjectStore store, ObjectHead head, ReplicaWrite write) throws InterruptedException {
        if (!store.capabilities().copiesWhole()) {
            return through(reading, store, head, write);
        }
        try {
            return head.sizeBytes() <= TransferSettings.PART_BYTES_MAX
                    ? new Copied(Side.DESTINATION.call(() -> store.copy(head.version(), ifMatch(head), write)), 0, true)
                    : new Copied(parts.within(store, head, write), 0, false);
        } catch (SidedException e) {
            throw e.refusal().failure() == StoreFailure.ARCHIVED ? new SidedException(reading, e.refusal()) : e;
        }
    }

    private Copied through(Side reading, ObjectStore store, ObjectHead head, ReplicaWrite write)
            throws InterruptedException {
        try {
            return across(store, store, head, write, Optional.empty());
        } catch (SidedException e) {
            throw e.side() == Side.SOURCE ? new SidedException(reading, e.refusal()) : e;
        }
    }

    /** A null version is mutable (rule 20); no other needs a condition, which not every store knows. */
    static @Nullable String ifMatch(ObjectHead head) {
        return head.version().id().isNull() ? head.eTag() : null;
    }

    /** A write that reads a body on the way: when the body fails, the failure is the read's. */
    static <A> A writing(Side reading, Supplier<A> write) {
        try {
            return write.get();
        } catch (StoreException e) {
            throw new SidedException(e.operation().equals("GetObject") ? reading : Side.DESTINATION, e);
        }
    }
}
