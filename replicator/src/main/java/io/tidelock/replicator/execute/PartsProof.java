package io.tidelock.replicator.execute;

import io.tidelock.replicator.store.Multipart.Part;
import java.io.InputStream;
import java.util.List;

/** Holds the parts of one copy to those of its source before they become a version. Thread-safe. */
@FunctionalInterface
interface PartsProof {
    /** Nothing to hold them to. */
    PartsProof NONE = _ -> {};

    /** Throws where the parts, which are all there and in order, are not the source's. */
    void require(List<Part> parts);

    /** Whether parts have to be read one after another, from the first on. */
    default boolean inOrder() {
        return false;
    }

    /** Whether parts that were sent in an earlier try have to be read again, be it only to be compared. */
    default boolean readsAll() {
        return false;
    }

    /** What is sent of a part: all that is read of it, once. */
    default InputStream reading(InputStream body, int number, long lengthBytes) {
        return CheckedBody.ofPart(body, lengthBytes);
    }

    /** The part is there. */
    default void sent(Part part) {}

    /** Whether a part that was sent in an earlier try can be judged without being read again; one that cannot is sent again. */
    default boolean takesOver(Part earlier) {
        return true;
    }

    /** Which of the parts that were taken over cannot be judged after all, as those that were missing show; they are sent again. */
    default List<Integer> doubtful() {
        return List.of();
    }
}
