package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.Outcome.Replicated;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.StoreCall;
import io.tidelock.replicator.store.StoreHook.Moment;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A null version that is overwritten while its store copies it from one bucket to another. */
class NullVersionsWithinTest {
    private final Copying copying = new Copying();
    private final TwoSides sides = copying.sides;

    @Test
    void rule_20_what_was_overwritten_before_its_store_copied_it_is_looked_at_again() {
        // Given
        sides.source.world().versioning(sides.originals, Versioning.SUSPENDED);
        var backup = new ObjectKey(sides.source.world().createBucket("backup", Versioning.ENABLED), "a/key");
        sides.source.world().put(sides.key, "one".getBytes(UTF_8));
        var overwritten = new AtomicBoolean();
        sides.source.hook((moment, call, _) -> {
            if (moment == Moment.BEFORE && call == StoreCall.CopyObject && !overwritten.getAndSet(true)) {
                sides.source.world().put(sides.key, "another".getBytes(UTF_8));
            }
        });

        // When
        var outcome = (Replicated) copying.runWithin(sides.created(VersionId.NULL, 1), backup);

        // Then
        assertThat(sides.source.world().bytes(new ObjectVersion(backup, outcome.replica())))
                .isEqualTo("another".getBytes(UTF_8));
        assertThat(sides.source.stack(backup).layers())
                .as("versions of the replica")
                .hasSize(1);
    }
}
