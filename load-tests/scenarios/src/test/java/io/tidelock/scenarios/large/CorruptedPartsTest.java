package io.tidelock.scenarios.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.traffic.Content;
import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promise P1 where a source has no checksum of the whole, as it was uploaded in parts. Behind the profile {@code big}. */
@Tag("big")
class CorruptedPartsTest {
    private static final long SIZE_BYTES = 6 << 20;
    private static final Duration GENEROUS = Duration.ofMinutes(4);

    @ParameterizedTest
    @ValueSource(strings = {"", "replicator: {multipartThresholdBytes: 5242881, partSizeBytes: 5242880}"})
    void a_byte_that_is_another_in_a_part_of_the_source_never_arrives(String settings) throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"), settings)) {
            // Given
            var writer = new ObjectWriter(installation.source(), TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN);
            var reads =
                    installation.sandbox().region(TwoRegions.PARIS).faults().at(TwoRegions.SOURCE_BUCKET, "GetObject");
            var corrupted = reads.times(2).cause(new Fault.CorruptedAnswer());

            // When
            writer.put("plain", new Content(SIZE_BYTES, 1), attributes(EncryptionWish.NOTHING));
            writer.put("kms", new Content(SIZE_BYTES, 2), attributes(EncryptionWish.SSE_KMS));
            var drained = installation.watch().awaitDrained(GENEROUS);

            // Then
            assertThat(drained).as(() -> installation.service().logTail()).isTrue();
            assertThat(corrupted.struck()).isEqualTo(2);
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }

    private static Attributes attributes(EncryptionWish encryption) {
        return new Attributes(
                Map.of("content-type", "application/octet-stream"), Map.of(), Map.of(), encryption, Optional.empty());
    }
}
