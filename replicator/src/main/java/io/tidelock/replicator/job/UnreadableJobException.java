package io.tidelock.replicator.job;

/**
 * How far a sweep has come is on record but cannot be known. Beginning anew would move the moment that its rule was first seen, and
 * what was lost before would never be found; so somebody has to decide.
 */
public final class UnreadableJobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param detail what is wrong, and the remedy */
    public UnreadableJobException(String detail) {
        super("how far the sweep has come " + detail);
    }

    /**
     * For a record that is not what it should be.
     *
     * @param flaw what is wrong with it
     */
    static UnreadableJobException unreadable(String flaw) {
        return new UnreadableJobException("cannot be read: " + flaw
                + "; write a record with the job's key and no value to begin anew, and set sweep.since so that what was"
                + " lost before is found");
    }
}
