package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome.DeleteMarkerPropagated;
import io.tidelock.replicator.outcome.Outcome.Failed;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.RuleDestination;
import io.tidelock.replicator.rule.RuleFilter;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that the rule archives: the store cannot copy them, so they cannot be put back on top by a copy. */
class ArchivedReplicasTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    @BeforeEach
    void theRuleArchives() {
        sides.rule = TwoSides.rule(
                new RuleFilter.Everything(),
                new RuleDestination("replicas", null, "DEEP_ARCHIVE", null, false, false, false));
    }

    private VersionId idOf(BucketEvent event) {
        return Objects.requireNonNull(event.occurrence().versionId());
    }

    @Test
    void a_late_version_goes_below_an_archived_one_which_is_read_from_the_source_once_more() {
        // Given
        var first = copying.created("one", 1);
        copying.run(copying.created("second", 2));

        // When
        var outcome = (Replicated) copying.run(first);

        // Then
        assertThat(outcome.restacked()).isTrue();
        assertThat(outcome.bytes()).isEqualTo("one".length() + "second".length());
        assertThat(copying.replicaTexts()).containsExactly("second", "one", "second");
        assertThat(copying.currentReplica().storageClass()).isEqualTo("DEEP_ARCHIVE");
    }

    @Test
    void what_was_read_from_the_source_once_more_is_known_as_a_replica() {
        // Given
        var first = copying.created("one", 1);
        var second = copying.created("two", 2);
        copying.run(second);
        copying.run(first);

        // When
        copying.run(first);
        copying.run(second);

        // Then
        assertThat(copying.replicaTexts()).containsExactly("two", "one", "two");
    }

    @Test
    void nothing_is_written_late_where_the_archived_one_could_not_be_put_back() {
        // Given
        var first = copying.created("one", 1);
        var second = copying.created("two", 2);
        copying.run(second);
        sides.source.world().remove(new ObjectVersion(sides.key, idOf(second)));

        // When
        var outcome = (Failed) copying.run(first);

        // Then
        assertThat(outcome.reason()).isEqualTo(FailureReason.DST_ARCHIVED);
        assertThat(copying.replicaTexts()).containsExactly("two");
    }

    @Test
    void rule_16_a_marker_waits_until_the_archived_version_below_it_is_on_top_again() {
        // Given
        var first = copying.created("one", 1);
        copying.run(copying.created("two", 2));
        sides.replicate(first);

        // When
        var outcome = copying.run(sides.marker(sides.delete(), 3));

        // Then
        assertThat(outcome).isInstanceOf(DeleteMarkerPropagated.class);
        assertThat(copying.replicaTexts()).containsExactly("-", "two", "one", "two");
    }

    @Test
    void what_the_destination_archived_unseen_is_a_failure_and_never_a_skip() {
        // Given
        sides.rule = TwoSides.RULE;
        var first = copying.created("one", 1);
        copying.run(copying.created("two", 2));
        sides.destination.hook(Copying.failing(Moment.BEFORE, StoreCall.CopyObject, StoreFailure.ARCHIVED, 1));

        // When
        var outcome = (Failed) copying.run(first);

        // Then
        assertThat(outcome.reason()).isEqualTo(FailureReason.DST_ARCHIVED);
    }
}
