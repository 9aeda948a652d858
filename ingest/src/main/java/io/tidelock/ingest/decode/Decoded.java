package io.tidelock.ingest.decode;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.json.Flaw;
import java.util.List;
import java.util.Set;

/** What the value of one raw record turned out to be. */
public sealed interface Decoded {
    /**
     * An envelope that was read. Its good parts are events whatever its bad parts are, so that neither is lost.
     *
     * @param events in the order of the envelope; may be empty
     * @param ignored one reason for each part that is no event
     * @param flawed the parts that cannot be read; not all of them, or it were {@link Malformed}
     * @param reconfigured buckets whose replication configuration was put or deleted
     */
    record Events(
            List<BucketEvent> events, List<IgnoredReason> ignored, List<FlawedPart> flawed, Set<Bucket> reconfigured)
            implements Decoded {
        public Events {
            events = List.copyOf(events);
            ignored = List.copyOf(ignored);
            flawed = List.copyOf(flawed);
            reconfigured = Set.copyOf(reconfigured);
        }
    }

    /** An envelope that holds no events by its nature. */
    record Ignored(IgnoredReason reason) implements Decoded {}

    /**
     * Nothing of it can be read; it belongs into the dead letters.
     *
     * @param detail what and where, for people; at most about 300 characters
     */
    record Malformed(Flaw flaw, String detail) implements Decoded {}

    /**
     * A part of an envelope that cannot be read.
     *
     * @param path where it stands, such as {@code Records[3]}
     * @param detail what and where, for people; at most about 300 characters
     */
    record FlawedPart(String path, Flaw flaw, String detail) {}
}
