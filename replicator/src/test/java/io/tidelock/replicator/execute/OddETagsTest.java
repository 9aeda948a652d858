package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import org.junit.jupiter.api.Test;

/** Stores whose ETags look as if they were made of the MD5s of parts and are not. */
class OddETagsTest {
    private static final byte[] BYTES = Copying.bytes(Copying.PART + 7);

    private final OddETags odd = new OddETags();

    private static ObjectVersion version(int id) {
        return new ObjectVersion(new ObjectKey(new Bucket("s", "b"), "k"), new VersionId("v" + id));
    }

    @Test
    void only_the_same_bytes_of_the_same_version_three_times_in_a_row_are_excused() {
        assertThat(odd.excuses(version(1), "a-2")).isFalse();
        assertThat(odd.excuses(version(1), "a-2")).isFalse();
        assertThat(odd.excuses(version(1), "b-2")).isFalse();
        assertThat(odd.excuses(version(2), "b-2")).isFalse();
        assertThat(odd.excuses(version(1), "b-2")).isFalse();
        assertThat(odd.excuses(version(1), "b-2")).isTrue();
    }

    @Test
    void what_is_remembered_is_bounded() {
        // Given
        for (var i = 0; i <= OddETags.VERSIONS_MAX; i++) {
            odd.excuses(version(i), "a-2");
            odd.excuses(version(i), "a-2");
        }

        // When
        var first = odd.excuses(version(0), "a-2");
        var last = odd.excuses(version(OddETags.VERSIONS_MAX), "a-2");

        // Then
        assertThat(first).isFalse();
        assertThat(last).isTrue();
    }

    @Test
    void a_version_that_is_always_read_to_the_same_bytes_is_replicated() {
        // Given
        var copying = new Copying();
        copying.sides.source.oddETags();
        var event = copying.uploaded(BYTES, Copying.PART, 7);

        // When
        var outcome = (Outcome.Replicated) copying.run(event);

        // Then
        assertThat(copying.retries).containsExactly(FailureReason.REPLICA_DIFFERS, FailureReason.REPLICA_DIFFERS);
        assertThat(copying.bytesOf(outcome.replica())).isEqualTo(BYTES);
    }
}
