package io.tidelock.replicator.outcome;

import java.util.Set;

/** Told of every operation as it goes; news that may be lost. Called from many threads; must not block or throw. */
public interface OutcomeObserver {
    /** Nobody listens. */
    OutcomeObserver NOBODY = new OutcomeObserver() {};

    /** An operation exists; it is in flight until it ends or is dropped. */
    default void accepted(Operation operation) {}

    /** A try failed and will be repeated. */
    default void retried(Operation operation, FailureReason reason) {}

    /**
     * A version that carries an origin mark was replicated like any other: the mark is none of ours at this place, or a
     * person copied a replica onto its own key. Told before the operation ends.
     */
    default void foreignMark(Operation operation) {}

    /** An operation ended. */
    default void ended(Outcome outcome) {}

    /** An operation is set aside; it is no longer in flight, but still to be done. */
    default void parked(Operation operation, FailureReason reason) {}

    /** An operation that was set aside is in flight again. */
    default void resumed(Operation operation) {}

    /** All that was set aside of these partitions of events is another instance's now. */
    default void parkedLeft(Set<Integer> partitions) {}

    /** A record of Tidelock's own could not be read, and became a dead letter. */
    default void deadLetter(String reason) {}

    /** An operation left this instance without an outcome; the partition's next owner takes it up again. */
    default void dropped(Operation operation) {}
}
