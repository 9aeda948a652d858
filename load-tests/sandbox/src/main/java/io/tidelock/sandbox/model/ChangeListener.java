package io.tidelock.sandbox.model;

/** Told of each change after it took effect. */
@FunctionalInterface
public interface ChangeListener {
    /**
     * Takes note of a change. Called on the thread that made it while its bucket is guarded, so the changes of a bucket come in their order; it
     * must neither block nor call back into the bucket nor throw.
     */
    void changed(Change change);
}
