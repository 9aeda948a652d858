package io.tidelock.scenarios.large;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.sandbox.fault.Planted;
import io.tidelock.scenarios.service.Installation;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.traffic.Content;
import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Promise P1 where a source has no checksum of the whole, as it was uploaded in parts. Behind the profile {@code big}. */
@Tag("big")
class CorruptedPartsTest {
    private static final long SIZE_BYTES = 6 << 20;
    private static final Duration GENEROUS = Duration.ofMinutes(4);

    @ParameterizedTest
    @ValueSource(strings = {"", "replicator: {multipartThresholdBytes: 5242881, partSizeBytes: 5242880}"})
    void a_byte_that_is_another_in_a_part_of_the_source_never_arrives(String settings) throws Exception {
        try (var installation = new Installation(TwoRegions.builder(), List.of("-Xmx256m"), settings);
                var older = clientWithoutChecksums(installation.sandbox())) {
            // Given
            var writer = writer(installation.source());
            var olderWriter = writer(older);
            var reads =
                    installation.sandbox().region(TwoRegions.PARIS).faults().at(TwoRegions.SOURCE_BUCKET, "GetObject");
            var corrupted = Stream.of("plain", "kms", "without checksums")
                    .map(key -> reads.key(key).times(2).cause(new Fault.CorruptedAnswer()))
                    .toList();

            // When
            writer.put("plain", new Content(SIZE_BYTES, 1), attributes(EncryptionWish.NOTHING));
            writer.put("kms", new Content(SIZE_BYTES, 2), attributes(EncryptionWish.SSE_KMS));
            olderWriter.put("without checksums", new Content(SIZE_BYTES, 3), attributes(EncryptionWish.NOTHING));
            var drained = installation.watch().awaitDrained(GENEROUS);

            // Then
            assertThat(drained).as(() -> installation.service().logTail()).isTrue();
            assertThat(corrupted).extracting(Planted::struck).containsOnly(2L);
            assertThat(installation.verify(History.EXACT).differences()).isEmpty();
        }
    }

    private static ObjectWriter writer(S3Client client) {
        return new ObjectWriter(client, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN);
    }

    /** What wrote to S3 before it knew checksums: nothing but an ETag tells what it wrote. */
    private static S3Client clientWithoutChecksums(Sandbox sandbox) {
        var region = sandbox.region(TwoRegions.PARIS);
        return S3Clients.withoutTrailers(region.endpoint(), region.region(), sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT));
    }

    private static Attributes attributes(EncryptionWish encryption) {
        return new Attributes(
                Map.of("content-type", "application/octet-stream"), Map.of(), Map.of(), encryption, Optional.empty());
    }
}
