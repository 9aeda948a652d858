package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.ReplicationConfiguration;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;

class BucketsTest {
    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_bucket_is_made_found_and_deleted() {
        // When
        s3.createBucket(request -> request.bucket("made-here"));
        var location = s3.getBucketLocation(request -> request.bucket("made-here"));
        var head = s3.headBucket(request -> request.bucket("made-here"));
        // Then
        assertThat(location.locationConstraintAsString()).isEqualTo(ServedWorld.PARIS);
        assertThat(head.bucketRegion()).isEqualTo(ServedWorld.PARIS);
        assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains("made-here");
        refusal("BucketAlreadyOwnedByYou", () -> s3.createBucket(request -> request.bucket("made-here")));
        refusal(
                "BucketAlreadyExists",
                () -> world.client(world.paris, ServedWorld.BOB).createBucket(request -> request.bucket("made-here")));
        s3.deleteBucket(request -> request.bucket("made-here"));
        refusal("NoSuchBucket", () -> s3.listObjectsV2(request -> request.bucket("made-here")));
    }

    @Test
    void a_bucket_with_versions_or_markers_is_not_deleted() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        var marker = s3.deleteObject(request -> request.bucket(bucket.name()).key("key"))
                .versionId();
        // Then
        refusal("BucketNotEmpty", () -> s3.deleteBucket(request -> request.bucket(bucket.name())));
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key").versionId(marker));
        s3.deleteBucket(request -> request.bucket(bucket.name()));
    }

    @Test
    void names_and_places_that_are_not_allowed_are_refused() throws Exception {
        // Then
        assertThat(world.send("PUT", "/UPPER", location(ServedWorld.PARIS)).body())
                .contains("<Code>InvalidBucketName</Code>");
        assertThat(world.send("PUT", "/192.168.0.1", location(ServedWorld.PARIS))
                        .body())
                .contains("<Code>InvalidBucketName</Code>");
        assertThat(world.send("PUT", "/elsewhere", location(ServedWorld.FRANKFURT))
                        .body())
                .contains("<Code>IllegalLocationConstraintException</Code>");
        assertThat(world.send("PUT", "/nowhere", "").body())
                .contains("<Code>IllegalLocationConstraintException</Code>");
    }

    private static String location(String region) {
        return "<CreateBucketConfiguration><LocationConstraint>" + region
                + "</LocationConstraint></CreateBucketConfiguration>";
    }

    @Test
    void a_bucket_of_another_region_is_pointed_at() throws Exception {
        // Given
        world.world.createBucket("far-away", ServedWorld.FRANKFURT, ServedWorld.ALICE);
        // When
        var redirected = world.send("GET", "/far-away?list-type=2", "");
        // Then
        assertThat(redirected.statusCode()).isEqualTo(301);
        assertThat(redirected.headers().firstValue("x-amz-bucket-region")).hasValue(ServedWorld.FRANKFURT);
        assertThat(redirected.body()).contains("<Code>PermanentRedirect</Code>");
    }

    @Test
    void versioning_has_no_status_before_it_is_set() {
        // Given
        var bucket = world.bucket();
        // When
        var before =
                s3.getBucketVersioning(request -> request.bucket(bucket.name())).status();
        s3.putBucketVersioning(request -> request.bucket(bucket.name())
                .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.ENABLED)));
        // Then
        assertThat(before).isNull();
        assertThat(s3.getBucketVersioning(request -> request.bucket(bucket.name()))
                        .status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
    }

    @Test
    void a_policy_comes_back_as_it_was_given() {
        // Given
        var bucket = world.bucket();
        var policy = """
                {"Version":"2012-10-17",  "Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket",
                "Resource":"arn:aws:s3:::%s"}]}""".formatted(bucket.name());
        // When
        refusal("NoSuchBucketPolicy", () -> s3.getBucketPolicy(request -> request.bucket(bucket.name())));
        s3.putBucketPolicy(request -> request.bucket(bucket.name()).policy(policy));
        // Then
        assertThat(s3.getBucketPolicy(request -> request.bucket(bucket.name())).policy())
                .isEqualTo(policy);
        refusal("AccessDenied", () -> s3.deleteBucket(request -> request.bucket(bucket.name())));
        refusal(
                "MalformedPolicy",
                () -> s3.putBucketPolicy(
                        request -> request.bucket(bucket.name()).policy("{")));
        s3.deleteBucketPolicy(request -> request.bucket(bucket.name()));
        s3.deleteBucket(request -> request.bucket(bucket.name()));
    }

    @Test
    void a_replication_configuration_comes_back_and_holds_versioning_fast() {
        // Given
        var bucket = world.bucket();
        var configuration = ReplicationConfiguration.builder()
                .role("arn:aws:iam::111122223333:role/replication")
                .rules(ReplicationRule.builder()
                        .id("all")
                        .status(ReplicationRuleStatus.ENABLED)
                        .priority(1)
                        .filter(filter -> filter.prefix("photos/"))
                        .deleteMarkerReplication(markers -> markers.status(DeleteMarkerReplicationStatus.ENABLED))
                        .destination(destination -> destination.bucket("arn:aws:s3:::there"))
                        .build())
                .build();
        // Then
        refusal(
                "ReplicationConfigurationNotFoundError",
                () -> s3.getBucketReplication(request -> request.bucket(bucket.name())));
        refusal(
                "InvalidRequest",
                () -> s3.putBucketReplication(
                        request -> request.bucket(bucket.name()).replicationConfiguration(configuration)));
        bucket.setVersioning(Versioning.ENABLED);
        s3.putBucketReplication(request -> request.bucket(bucket.name()).replicationConfiguration(configuration));
        assertThat(s3.getBucketReplication(request -> request.bucket(bucket.name()))
                        .replicationConfiguration())
                .isEqualTo(configuration);
        refusal(
                "InvalidBucketState",
                () -> s3.putBucketVersioning(request -> request.bucket(bucket.name())
                        .versioningConfiguration(versioning -> versioning.status(BucketVersioningStatus.SUSPENDED))));
        s3.deleteBucketReplication(request -> request.bucket(bucket.name()));
        bucket.setVersioning(Versioning.SUSPENDED);
    }

    @Test
    void a_caller_sees_only_its_own_buckets() {
        // Given
        var bucket = world.bucket();
        // When
        var seen = world.client(world.paris, ServedWorld.BOB).listBuckets().buckets();
        // Then
        assertThat(seen).extracting(Bucket::name).doesNotContain(bucket.name());
    }

    @Test
    void a_request_for_a_bucket_of_somebody_elses_is_denied_when_it_says_whose_it_should_be() {
        // Given
        var bucket = world.bucket();
        // Then
        refusal(
                "AccessDenied",
                () -> s3.listObjectsV2(
                        request -> request.bucket(bucket.name()).expectedBucketOwner(ServedWorld.BOB.id())));
    }
}
