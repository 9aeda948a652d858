package io.tidelock.replicator.execute;

import io.tidelock.replicator.checksum.Crc;
import io.tidelock.replicator.checksum.CrcAlgorithm;
import io.tidelock.replicator.store.Multipart.Part;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds a copy in parts to a cyclic redundancy check of the whole, which those of the parts tell in whatever order they are read. Thread-safe. */
final class WholeCrc implements PartsProof {
    private final WholeHash whole;
    private final CrcAlgorithm algorithm;
    private final PartPlan plan;
    private final boolean heldByDestination;
    private final long[] ofParts;
    private final Set<Integer> read = new HashSet<>();

    /**
     * For one try of one copy.
     *
     * @param heldByDestination whether the destination refuses an upload whose parts do not come to that check
     */
    WholeCrc(WholeHash whole, CrcAlgorithm algorithm, PartPlan plan, boolean heldByDestination) {
        this.whole = whole;
        this.algorithm = algorithm;
        this.plan = plan;
        this.heldByDestination = heldByDestination;
        this.ofParts = new long[plan.parts()];
    }

    @Override
    public boolean readsAll() {
        return !heldByDestination;
    }

    @Override
    public InputStream reading(InputStream body, int number, long lengthBytes) {
        var running = new Crc(algorithm);
        return CheckedBody.ofPart(body, lengthBytes, running, _ -> read(number, running.number()));
    }

    private synchronized void read(int number, long crc) {
        ofParts[number - 1] = crc;
        read.add(number);
    }

    @Override
    public synchronized void require(List<Part> parts) {
        if (isIncomplete()) {
            return;
        }
        var all = ofParts[0];
        for (var number = 2; number <= plan.parts(); number++) {
            all = algorithm.joined(all, ofParts[number - 1], plan.range(number).lengthBytes());
        }
        whole.require(Crc.bytes(algorithm, all));
    }

    /** Parts that were not read again are judged by the destination alone. */
    private boolean isIncomplete() {
        return heldByDestination && read.size() < plan.parts();
    }
}
