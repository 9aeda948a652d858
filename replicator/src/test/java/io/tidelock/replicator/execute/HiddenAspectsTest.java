package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.store.s3.SandboxFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3 leaves out of its answers where a right is missing, as if it were not there. */
class HiddenAspectsTest {
    private static final String TAGS = "s3:GetObjectVersionTagging";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final SandboxFixture paris = new SandboxFixture("paris", CountedSides.SOURCE_ACCOUNT, now::get);
    private final SandboxFixture frankfurt =
            new SandboxFixture("frankfurt", CountedSides.DESTINATION_ACCOUNT, now::get);

    @AfterEach
    void close() {
        paris.close();
        frankfurt.close();
    }

    private CountedSides sides(boolean lockable) {
        return new CountedSides(paris, frankfurt, now::get, lockable);
    }

    private static FailureReason reason(Outcome outcome) {
        return ((Outcome.Failed) outcome).reason();
    }

    @Test
    void rule_34_tags_that_may_not_be_read_fail_the_copy_rather_than_being_lost() {
        // Given
        var sides = sides(false);
        var id = sides.put("one".getBytes(UTF_8), Map.of("class", "gold"), null);
        sides.denyAtSource(TAGS);

        // When
        var outcome = sides.run(sides.created(id, 1));

        // Then
        assertThat(reason(outcome)).isEqualTo(FailureReason.SrcGetTaggingNotPermitted);
        assertThat(sides.replicas()).isZero();
    }

    @Test
    void rule_34_a_right_to_read_tags_that_was_taken_away_is_missed_within_the_minute() {
        // Given
        var sides = sides(false);
        sides.run(sides.created(sides.put("one"), 1));
        var id = sides.put("two".getBytes(UTF_8), Map.of("class", "gold"), null);
        sides.denyAtSource(TAGS);
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));

        // When
        var outcome = sides.run(sides.created(id, 2));

        // Then
        assertThat(reason(outcome)).isEqualTo(FailureReason.SrcGetTaggingNotPermitted);
    }

    @Test
    void rule_34_tags_of_a_replica_that_may_not_be_read_are_not_put_back_as_none() {
        // Given
        var sides = sides(false);
        var late = sides.created(sides.put("one"), 1);
        sides.run(sides.created(sides.put("two".getBytes(UTF_8), Map.of("class", "gold"), null), 2));
        sides.denyAtDestination("s3:GetObject*Tagging");

        // When
        var outcome = sides.run(late);

        // Then
        assertThat(reason(outcome)).isEqualTo(FailureReason.DST_GET_TAGGING_NOT_PERMITTED);
        assertThat(sides.replicas()).as("the late version does not stay on top").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:GetObjectRetention", "s3:GetObjectLegalHold"})
    void rule_36_a_lock_that_may_not_be_read_fails_the_copy_rather_than_being_lost(String action) {
        // Given
        var sides = sides(true);
        var id = sides.put("one");
        sides.retain(id);
        sides.denyAtSource(action);

        // When
        var outcome = sides.run(sides.created(id, 1));

        // Then
        assertThat(reason(outcome)).isEqualTo(FailureReason.SRC_GET_LOCK_NOT_PERMITTED);
        assertThat(sides.replicas()).isZero();
    }

    @Test
    void rule_36_a_lock_is_not_lost_where_not_even_the_bucket_may_be_asked_for_it() {
        // Given
        var sides = sides(true);
        var id = sides.put("one");
        sides.retain(id);
        sides.denyAtSource("s3:GetBucketObjectLockConfiguration", "s3:GetObjectRetention", "s3:GetObjectLegalHold");

        // When
        var outcome = sides.run(sides.created(id, 1));

        // Then
        assertThat(reason(outcome)).isEqualTo(FailureReason.SRC_GET_LOCK_NOT_PERMITTED);
        assertThat(sides.replicas()).isZero();
    }

    @Test
    void rule_36_a_bucket_without_locks_is_copied_by_who_may_not_ask_it_for_them() {
        // Given
        var sides = sides(false);
        var id = sides.put("one");
        sides.denyAtSource("s3:GetBucketObjectLockConfiguration");

        // When
        var outcome = sides.run(sides.created(id, 1));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
    }

    @Test
    void rule_36_a_lock_that_may_not_be_read_fails_its_change_as_well() {
        // Given
        var sides = sides(true);
        var id = sides.put("one");
        sides.run(sides.created(id, 1));
        sides.retain(id);
        sides.denyAtSource("s3:GetObjectRetention");
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(1)));

        // When
        var outcome = sides.run(sides.changed(id, Aspect.RETENTION, "ObjectRetention:Put"));

        // Then
        assertThat(reason(outcome)).isEqualTo(FailureReason.SRC_GET_LOCK_NOT_PERMITTED);
    }

    @Test
    void rule_36_nothing_is_asked_of_locks_where_the_bucket_has_none() {
        // Given
        var sides = sides(false);
        var id = sides.put("one");
        sides.denyAtSource("s3:GetObjectRetention");

        // When
        var outcome = sides.run(sides.created(id, 1));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
    }
}
