package io.tidelock.replicator.mark;

/** What became of looking for a mark. */
public sealed interface MarkCheck {
    /** There is none. */
    record Absent() implements MarkCheck {}

    /** There is one, and one of our keys made it for exactly this key. */
    record Valid(OriginMark mark) implements MarkCheck {}

    /**
     * There is one that does not verify: the object is an ordinary one.
     *
     * @param why in a few words, without the mark itself
     */
    record Invalid(String why) implements MarkCheck {}
}
