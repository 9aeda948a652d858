package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectVersion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether owner override took effect: looked at for the first replica of a rule, then for one in so many, or for all where the
 * rule says so. As long as it did not, every replica is looked at. Thread-safe; bounded by the number of rules.
 */
final class OwnerCheck {
    private final Map<String, AtomicLong> sinceByRule = new ConcurrentHashMap<>();
    private final long every;

    /** @param every one replica in this many is looked at, from 1 for all */
    OwnerCheck(long every) {
        this.every = every;
    }

    /** What is wrong with the owner, or empty when nothing is or it was not looked at. */
    Optional<String> wrong(Route route, ObjectHead source, ObjectVersion replica) {
        var rule = route.assignment().rule();
        if (!rule.destination().ownerOverride()) {
            return Optional.empty();
        }
        var since = sinceByRule.computeIfAbsent(replica.object().bucket() + "/" + rule.id(), _ -> new AtomicLong());
        if (since.getAndIncrement() % every != 0 && !rule.destination().ownersAlwaysVerified()) {
            return Optional.empty();
        }
        var wrong = look(route, source, replica, since);
        if (wrong.isPresent()) {
            since.set(0);
        }
        return wrong;
    }

    /** The next try finds this replica in place; so where a store fails to answer, the next replica is looked at. */
    private static Optional<String> look(Route route, ObjectHead source, ObjectVersion replica, AtomicLong since) {
        try {
            var before = Side.SOURCE.call(() -> route.source().store().owner(source.version()));
            var after = Side.DESTINATION.call(() -> route.destination().store().owner(replica));
            return before.equals(after)
                    ? Optional.of("the source's owner " + before + " owns the replica as well")
                    : Optional.empty();
        } catch (SidedException e) {
            if (e.refusal().failure().retryable()) {
                since.set(0);
            }
            throw e;
        }
    }
}
