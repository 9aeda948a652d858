package io.tidelock.scenarios.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sweep whose owner is killed is carried on by the other instance, twice. Behind the profile {@code big}. */
@Tag("big")
class SweepTakeoverTest {
    private static final Duration GENEROUS = Duration.ofMinutes(4);
    private static final int OBJECTS = 300;
    private static final int RATE = 30;
    private static final int BEFORE_THE_KILL = 3 * RATE;
    private static final String KEY = "lost/00007";
    private static final String REMOVED = "DstObjectHardDeleted";
    private static final String LEFT_ALONE = "FAILED_BEFORE";
    private static final String SWEEP =
            "sweep: {every: 5s, rate: " + RATE + ", olderThan: 0s, since: \"2020-01-01T00:00:00Z\"}";

    @Test
    void the_next_owner_goes_on_where_the_killed_one_was_and_a_removed_replica_is_reported_once() throws Exception {
        try (var pair = new SweptPair(SWEEP, OBJECTS)) {
            // Given
            await().atMost(GENEROUS)
                    .until(() -> pair.passes().stream().anyMatch(pass -> pass.events() >= BEFORE_THE_KILL));

            // When
            var first = pair.owner();
            pair.kill(first);
            var broken = pair.passes().getFirst();
            await().atMost(GENEROUS).until(() -> pair.passes().getFirst().done());
            var listings = pair.listings();
            var pieces = pair.passes().stream()
                    .mapToLong(pass -> pass.afterKeys().size())
                    .sum();
            var whole = pair.passes().getFirst();
            var second = pair.owner();
            await().atMost(GENEROUS).until(() -> pair.watch().snapshot().arrived() == OBJECTS);
            pair.removeReplica(KEY);
            await().atMost(GENEROUS).until(() -> pair.outcomes(KEY, REMOVED) > 0);
            pair.start(first);
            pair.kill(second);
            var leftAlone = pair.outcomes(KEY, LEFT_ALONE);
            await().atMost(GENEROUS).until(() -> pair.outcomes(KEY, LEFT_ALONE) >= leftAlone + 2);

            // Then
            assertThat(broken.done()).isFalse();
            assertThat(second).isNotEqualTo(first);
            assertThat(whole.afterKeys()).isSorted().doesNotHaveDuplicates();
            assertThat(whole.afterKeys().subList(0, broken.afterKeys().size())).isEqualTo(broken.afterKeys());
            assertThat(whole.events()).isEqualTo(OBJECTS);
            assertThat(pair.eventsUntil(whole.lastWritten()))
                    .hasSize(OBJECTS)
                    .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
            // one that the killed instance had no time to write down, and one that is under way
            assertThat(listings).isLessThanOrEqualTo(pieces + 2);
            assertThat(pair.watch().snapshot().unexpected()).isZero();
            assertThat(pair.outcomes(KEY, REMOVED)).isEqualTo(1);
            assertThat(pair.replicas()).hasSize(OBJECTS - 1).doesNotContainKey(KEY);
        }
    }
}
