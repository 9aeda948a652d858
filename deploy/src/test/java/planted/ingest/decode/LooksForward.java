package planted.ingest.decode;

import planted.replicator.plan.LooksAround;

/** Breaks rules 1 and 3: an earlier layer names a later one, which names it back. */
public final class LooksForward {
    public final LooksAround next = new LooksAround();
}
