package io.tidelock.scenarios.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
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
import org.junit.jupiter.api.Test;

/** Memory does not depend on object size (promise P6). Behind the profile {@code big}. */
@Tag("big")
class LargeObjectTest {
    private static final long GIB = 1L << 30;
    private static final long RESIDENT_MAX_BYTES = 700_000_000;
    private static final Duration GENEROUS = Duration.ofMinutes(10);

    @Test
    void an_object_of_one_gibibyte_passes_through_a_small_process() throws Exception {
        try (var installation =
                new Installation(TwoRegions.builder(), List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m"))) {
            // Given
            var writer = new ObjectWriter(installation.source(), TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN);
            var attributes = new Attributes(
                    Map.of("content-type", "application/octet-stream"),
                    Map.of("size", "large"),
                    Map.of("team", "tide"),
                    EncryptionWish.SSE_KMS,
                    Optional.empty());

            // When
            writer.put("large", new Content(GIB, 1), attributes);
            var drained = installation.watch().awaitDrained(GENEROUS);

            // Then
            assertThat(drained).as(() -> installation.service().logTail()).isTrue();
            var memory = installation.service().memory();
            System.out.println(
                    "1 GiB replicated: lag " + installation.watch().snapshot().lagMax() + ", peak "
                            + memory.peakBytes() / 1_000_000 + " MB resident");
            assertThat(memory.peakBytes()).isLessThan(RESIDENT_MAX_BYTES);
            var verification = installation.verify(History.EXACT);
            assertThat(verification.differences()).isEmpty();
            assertThat(verification.bytes()).isEqualTo(GIB);
        }
    }
}
