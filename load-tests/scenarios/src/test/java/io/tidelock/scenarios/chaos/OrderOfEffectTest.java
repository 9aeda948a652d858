package io.tidelock.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.verify.BucketReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the sandbox tells of a destination's order, and what of it is a violation, with the hand of a person in the place of the replicator. */
class OrderOfEffectTest {
    private static final String FROM = TwoRegions.SOURCE_BUCKET;
    private static final String TO = TwoRegions.DESTINATION_BUCKET;

    private final Sandbox sandbox = TwoRegions.silent().start();
    private final S3Client source = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
    private final S3Client replica = client(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT);
    private final OrderOfEffect order = new OrderOfEffect(TO);

    @AfterEach
    void close() {
        source.close();
        replica.close();
        sandbox.close();
    }

    @Test
    void versions_and_markers_are_remembered_as_they_took_effect_and_nothing_else_is() {
        // Given
        sandbox.world().listen(order);
        put(source, FROM, "one", "elsewhere");

        // When
        var first = put(replica, TO, "one", "first");
        var marker = delete(replica, TO, "one");
        var second = put(replica, TO, "one", "second");
        replica.deleteObject(request -> request.bucket(TO).key("one").versionId(first));
        var other = put(replica, TO, "two", "other");

        // Then
        assertThat(order.byKey())
                .containsOnlyKeys("one", "two")
                .containsEntry("one", List.of(first, marker, second))
                .containsEntry("two", List.of(other));
    }

    @Test
    void an_older_version_written_above_a_newer_one_is_found() throws Exception {
        // Given
        sandbox.world().listen(order);
        for (var bytes : List.of("first", "second")) {
            put(source, FROM, "swapped", bytes);
            put(source, FROM, "faithful", bytes);
        }
        delete(source, FROM, "faithful");

        // When
        put(replica, TO, "swapped", "second");
        put(replica, TO, "swapped", "first");
        put(replica, TO, "faithful", "first");
        put(replica, TO, "faithful", "second");
        delete(replica, TO, "faithful");

        // Then
        assertThat(violations()).containsExactly("\"swapped\": entry 1 of 2 came after entry 2");
    }

    @Test
    void a_marker_put_before_the_version_it_hides_is_found() throws Exception {
        // Given
        sandbox.world().listen(order);
        put(source, FROM, "hidden", "bytes");
        delete(source, FROM, "hidden");

        // When
        delete(replica, TO, "hidden");
        put(replica, TO, "hidden", "bytes");

        // Then
        assertThat(violations())
                .containsExactly(
                        "\"hidden\": a delete marker was put above version 0 of 2 entries, where the source has none");
    }

    private List<String> violations() throws InterruptedException {
        return new FirstArrivals(
                        new BucketReader(source, FROM).read(),
                        new BucketReader(replica, TO).read(),
                        order.byKey(),
                        Set.of())
                .violations();
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }

    private static String put(S3Client client, String bucket, String key, String bytes) {
        return client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(bytes))
                .versionId();
    }

    private static String delete(S3Client client, String bucket, String key) {
        return client.deleteObject(request -> request.bucket(bucket).key(key)).versionId();
    }
}
