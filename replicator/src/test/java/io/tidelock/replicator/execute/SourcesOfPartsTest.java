package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Checksum;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.store.s3.SandboxFixture;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Promise P2 for versions that were uploaded in parts, whose bytes nothing but their parts tells. */
class SourcesOfPartsTest {
    private static final int SIZE_BYTES = 6 << 20;

    static Stream<Arguments> uploads() {
        return Stream.of(SIZE_BYTES, SIZE_BYTES + 1)
                .flatMap(threshold -> Stream.of(
                        Arguments.of(threshold, null),
                        Arguments.of(threshold, new Checksum("CRC32", "", true)),
                        Arguments.of(threshold, new Checksum("SHA256", "", true))));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void another_byte_on_the_way_in_is_noticed_and_never_stays(int thresholdBytes, @Nullable Checksum checksum)
            throws IOException {
        try (var paris = new SandboxFixture("paris", CountedSides.SOURCE_ACCOUNT, InstantSource.system());
                var frankfurt =
                        new SandboxFixture("frankfurt", CountedSides.DESTINATION_ACCOUNT, InstantSource.system())) {
            // Given
            var sides = new CountedSides(paris, frankfurt, InstantSource.system(), false);
            sides.inOneRequestBelow(thresholdBytes);
            var bytes = new byte[SIZE_BYTES];
            new Random(SIZE_BYTES).nextBytes(bytes);
            var event = sides.created(sides.uploadInParts(bytes, checksum), 1);
            sides.corruptReads(2); // a small version's head is read with a GET

            // When
            var outcome = sides.run(event);

            // Then
            assertThat(outcome).isInstanceOf(Outcome.Replicated.class);
            assertThat(sides.retries).containsExactly(FailureReason.REPLICA_DIFFERS);
            assertThat(sides.replicaBytes()).isEqualTo(bytes);
        }
    }
}
