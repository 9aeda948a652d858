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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A large version whose copy is cut off by {@code kill -9} (architecture: resumable after a restart). Behind the profile {@code big}. */
@Tag("big")
class ResumedUploadTest {
    private static final long PART_BYTES = 16L << 20;
    private static final int PARTS = 24;
    private static final int PARTS_AT_ONCE = 4;
    private static final Duration GENEROUS = Duration.ofMinutes(10);

    @Test
    void parts_that_arrived_before_a_kill_are_not_sent_again() throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"))) {
            // Given
            var requests =
                    installation.sandbox().region(TwoRegions.FRANKFURT).server().counts();
            var writer = new ObjectWriter(installation.source(), TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN);
            writer.put(
                    "large",
                    new Content(PARTS * PART_BYTES, 1),
                    new Attributes(Map.of(), Map.of(), Map.of(), EncryptionWish.SSE_KMS, Optional.empty()));
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(2))
                    .atMost(GENEROUS)
                    .until(() -> requests.of("UploadPart") >= PARTS / 2);

            // When
            installation.killAndRestart();
            var drained = installation.watch().awaitDrained(GENEROUS);

            // Then
            assertThat(drained).as(() -> installation.service().logTail()).isTrue();
            System.out.println("kill -9 within an upload of " + PARTS + " parts: " + requests.byOperation());
            assertThat(requests.of("CreateMultipartUpload")).isEqualTo(1);
            assertThat(requests.of("UploadPart")).isBetween((long) PARTS, (long) PARTS + PARTS_AT_ONCE);
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }
}
