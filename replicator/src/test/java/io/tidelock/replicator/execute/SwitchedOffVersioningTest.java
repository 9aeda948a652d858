package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreHook.Moment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 19: a destination whose versioning is suspended while what is known of it still says otherwise. */
class SwitchedOffVersioningTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    @BeforeEach
    void theDestinationIsKnownToBeVersioned() throws Exception {
        copying.run(copying.created("one", 1));
    }

    private void suspend() {
        sides.destination.world().versioning(sides.replicas, Versioning.SUSPENDED);
    }

    private void assertNoticed(Outcome outcome) throws Exception {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(FailureReason.DstBucketUnversioned));
        var writes = sides.destination.count(StoreCall.PutObject) + sides.destination.count(StoreCall.DeleteObject);
        assertThat(((Outcome.Failed) copying.run(copying.created("next", 9))).reason())
                .isEqualTo(FailureReason.DstBucketUnversioned);
        assertThat(sides.destination.count(StoreCall.PutObject) + sides.destination.count(StoreCall.DeleteObject))
                .as("nothing is written any more")
                .isEqualTo(writes);
    }

    @Test
    void rule_19_is_noticed_by_the_first_copy() throws Exception {
        // Given
        var event = copying.created("two", 2);
        suspend();

        // When / Then
        assertNoticed(copying.run(event));
    }

    @Test
    void rule_19_is_noticed_by_the_first_marker() throws Exception {
        // Given
        var event = sides.marker(sides.delete(), 2);
        suspend();

        // When / Then
        assertNoticed(copying.run(event));
    }

    @Test
    void rule_19_is_noticed_by_what_is_put_back() throws Exception {
        // Given
        var late = copying.created("late", 2);
        copying.run(copying.created("newest", 3));
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.CopyObject) {
                suspend();
            }
        });

        // When / Then
        assertNoticed(copying.run(late));
    }

    @Test
    void rule_19_is_noticed_by_the_marker_that_is_put_back() throws Exception {
        // Given
        var late = copying.created("late", 2);
        sides.delete();
        sides.destination.putDeleteMarker(sides.replica);
        sides.destination.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.DeleteObject) {
                suspend();
            }
        });

        // When / Then
        assertNoticed(copying.run(late));
    }
}
