package io.tidelock.replicator;

import io.tidelock.ingest.kafka.LoopSettings.Limits;
import io.tidelock.replicator.execute.ExecuteSettings;
import io.tidelock.replicator.park.BreakerSettings;
import io.tidelock.replicator.park.ConcurrencySettings;
import io.tidelock.replicator.park.ParkingSettings;
import java.time.Duration;
import java.util.Set;

/**
 * The replicator's settings.
 *
 * @param group {@code replicator.group}: the consumer group on the events topic
 * @param eventsTopic {@code kafka.topics.events}: what is read
 * @param outcomesTopic {@code kafka.topics.outcomes}: where outcomes go
 * @param parkedTopic {@code kafka.topics.parked}: where work is set aside
 * @param deadLettersTopic {@code kafka.topics.deadLetters}: where records go that cannot be read
 * @param uploadsTopic {@code kafka.topics.uploads}: where the state of multipart uploads is kept
 * @param lanesMax {@code replicator.lanesMax}: operations of one destination that run at once, 1 to 100,000; each holds at
 *     most one connection to either store and, while it copies a large version, as many as it has parts in flight
 * @param limits {@code replicator.recordsInFlightMax} and its kin: what may be read and not yet recorded
 * @param uploadAgeMax {@code replicator.uploadAgeMax}: a multipart upload of Tidelock's own that nobody has carried on for
 *     so long is aborted; 1 hour to 30 days
 * @param ownPrincipals {@code replicator.principals}: how event sources spell Tidelock's own identities; empty when they
 *     do not say who wrote
 */
public record ReplicatorConfig(
        String group,
        String eventsTopic,
        String outcomesTopic,
        String parkedTopic,
        String deadLettersTopic,
        String uploadsTopic,
        int lanesMax,
        Limits limits,
        ExecuteSettings execute,
        Duration uploadAgeMax,
        ParkingSettings parking,
        BreakerSettings breaker,
        ConcurrencySettings concurrency,
        Set<String> ownPrincipals) {
    private static final Duration UPLOAD_AGE_MIN = Duration.ofHours(1);
    private static final Duration UPLOAD_AGE_MAX = Duration.ofDays(30);

    /** Group {@code tidelock-replicator}, topics {@code tidelock.*}, 100 lanes, and the defaults of the rest. */
    public static final ReplicatorConfig DEFAULT = new ReplicatorConfig(
            "tidelock-replicator",
            "tidelock.events",
            "tidelock.outcomes",
            "tidelock.parked",
            "tidelock.dead-letters",
            "tidelock.uploads",
            100,
            Limits.DEFAULT,
            ExecuteSettings.DEFAULT,
            Duration.ofDays(1),
            ParkingSettings.DEFAULT,
            BreakerSettings.DEFAULT,
            ConcurrencySettings.DEFAULT,
            Set.of());

    private static final int LANES_MAX = 100_000;

    public ReplicatorConfig {
        requireName("replicator.group", group);
        requireName("kafka.topics.events", eventsTopic);
        requireName("kafka.topics.outcomes", outcomesTopic);
        requireName("kafka.topics.parked", parkedTopic);
        requireName("kafka.topics.deadLetters", deadLettersTopic);
        requireName("kafka.topics.uploads", uploadsTopic);
        if (uploadAgeMax.compareTo(UPLOAD_AGE_MIN) < 0 || uploadAgeMax.compareTo(UPLOAD_AGE_MAX) > 0) {
            throw new IllegalArgumentException("replicator.uploadAgeMax must be between " + UPLOAD_AGE_MIN + " and "
                    + UPLOAD_AGE_MAX + ", was " + uploadAgeMax);
        }
        if (lanesMax < 1 || lanesMax > LANES_MAX) {
            throw new IllegalArgumentException(
                    "replicator.lanesMax must be between 1 and " + LANES_MAX + ", was " + lanesMax);
        }
        ownPrincipals = Set.copyOf(ownPrincipals);
    }

    private static void requireName(String setting, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(setting + " must not be empty");
        }
    }
}
