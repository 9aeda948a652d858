package io.tidelock.replicator.execute;

import io.tidelock.replicator.checksum.RunningHash;
import io.tidelock.replicator.store.Multipart.Part;
import java.io.InputStream;
import java.util.List;

/**
 * Holds a copy in parts to a hash of the whole that only all bytes in a row tell, as an MD5 is: its parts are read one after another, from the first. One that
 * is read again is hashed again from where it begins. Thread-safe.
 */
final class WholeInOrder implements PartsProof {
    private final WholeHash whole;
    private final int last;
    private int number;
    private RunningHash before;
    private RunningHash after;

    /** For one try of one copy. */
    WholeInOrder(WholeHash whole, PartPlan plan) {
        this.whole = whole;
        this.last = plan.parts();
        this.before = whole.start();
        this.after = before;
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public boolean readsAll() {
        return true;
    }

    @Override
    public synchronized InputStream reading(InputStream body, int part, long lengthBytes) {
        if (part != number) {
            number = part;
            before = after;
        }
        var running = before.copy();
        return CheckedBody.ofPart(body, lengthBytes, running, hash -> {
            read(running);
            if (part == last) {
                CheckedBody.require(whole.difference(hash));
            }
        });
    }

    private synchronized void read(RunningHash running) {
        after = running;
    }

    @Override
    public synchronized void require(List<Part> parts) {
        whole.require(after.value());
    }
}
