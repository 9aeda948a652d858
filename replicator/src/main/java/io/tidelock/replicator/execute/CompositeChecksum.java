package io.tidelock.replicator.execute;

import io.tidelock.domain.Checksum;
import io.tidelock.replicator.store.Multipart.Kept;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the parts of a copy to the checksums that a source keeps of its own parts where it keeps none of the whole (UG: Checking object
 * integrity, part-level checksums). A source that was cut otherwise shows nothing.
 */
final class CompositeChecksum {
    private CompositeChecksum() {}

    /**
     * Refuses parts that hash to something else than those of the source although both were cut alike. Asks nothing where the source has a checksum of
     * the whole, which is judged elsewhere.
     *
     * @param kept what the source keeps
     * @param parts all parts of the copy, in order
     * @param source asks for the source's own parts in order, empty where they are not known
     */
    static void require(@Nullable Checksum kept, PartPlan plan, List<Part> parts, Supplier<List<Kept>> source) {
        if ((kept != null && !kept.composite()) || !areHashed(parts)) {
            return;
        }
        var cut = source.get();
        if (!cut.stream().map(Kept::sizeBytes).toList().equals(plan.sizes())) {
            return;
        }
        for (var i = 0; i < cut.size(); i++) {
            var own = cut.get(i).part().checksumBase64();
            var sent = parts.get(i).checksumBase64();
            if (!own.isEmpty() && !own.equals(sent)) {
                var detail = "part " + (i + 1) + " hashes to " + sent + ", that of the source to " + own;
                throw new SidedException(
                        Side.SOURCE, new StoreException(StoreFailure.CHECKSUM_MISMATCH, "GetObject", detail, null));
            }
        }
    }

    private static boolean areHashed(List<Part> parts) {
        return parts.stream().noneMatch(part -> part.checksumBase64().isEmpty());
    }
}
