package io.tidelock.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.TwoRegionsPolicy;
import io.tidelock.scenarios.traffic.Content;
import io.tidelock.scenarios.traffic.Ledger;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class JudgementTest {
    @Test
    void what_is_lost_stale_doubled_or_not_as_written_is_told_apart() throws Exception {
        try (var sandbox = TwoRegions.silent().start()) {
            var region = sandbox.region(TwoRegions.PARIS);
            var other = sandbox.region(TwoRegions.FRANKFURT);
            try (var source =
                            S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT));
                    var replica = S3Clients.of(
                            other.endpoint(), other.region(), sandbox.keyOf(TwoRegions.DESTINATION_ACCOUNT))) {
                // Given
                var ledger = new Ledger();
                for (var key : List.of("lost", "stale", "doubled", "changed")) {
                    var content = new Content(1_000, key.hashCode());
                    ledger.put(key, put(source, TwoRegions.SOURCE_BUCKET, key, bytes(content)), content);
                }
                var newer = new Content(1_000, 1);
                ledger.put("stale", put(source, TwoRegions.SOURCE_BUCKET, "stale", bytes(newer)), newer);
                ledger.deleted("changed", "a marker that was never made");
                var doubled = bytes(new Content(1_000, "doubled".hashCode()));
                put(replica, TwoRegions.DESTINATION_BUCKET, "doubled", doubled);
                put(replica, TwoRegions.DESTINATION_BUCKET, "doubled", doubled);
                put(replica, TwoRegions.DESTINATION_BUCKET, "stale", bytes(newer));
                put(replica, TwoRegions.DESTINATION_BUCKET, "stale", bytes(new Content(1_000, "stale".hashCode())));
                put(replica, TwoRegions.DESTINATION_BUCKET, "changed", bytes(new Content(1_000, "changed".hashCode())));

                // When
                var judgement = Judgement.of(
                        ledger.entries(),
                        new BucketReader(source, TwoRegions.SOURCE_BUCKET).read(),
                        new BucketReader(replica, TwoRegions.DESTINATION_BUCKET).read(),
                        TwoRegionsPolicy.of(sandbox, History.EVENTUAL));

                // Then
                assertThat(judgement.lost())
                        .singleElement()
                        .satisfies(one -> assertThat(one.key()).isEqualTo("lost"));
                assertThat(judgement.stale()).extracting(one -> one.key()).containsExactly("lost", "stale");
                assertThat(judgement.duplicates()).isEqualTo(1);
                assertThat(judgement.unlike()).singleElement().asString().startsWith("\"changed\"");
                assertThat(judgement.clean()).isFalse();
            }
        }
    }

    private static byte[] bytes(Content content) throws Exception {
        try (var open = content.open()) {
            return open.readAllBytes();
        }
    }

    private static String put(S3Client client, String bucket, String key, byte[] bytes) {
        return client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes))
                .versionId();
    }
}
