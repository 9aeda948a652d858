package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.DefaultRetention;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.ObjectLockRule;
import io.tidelock.sandbox.model.Retention;
import io.tidelock.sandbox.model.Versioning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;

class ObjectLockTest {
    private static final Instant SOON = Instant.parse("2101-02-03T04:05:06Z");
    private static final Instant LATE = SOON.plus(Duration.ofDays(30));

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

    private static BucketState bucket() {
        var bucket = world.bucket(Versioning.ENABLED);
        bucket.setObjectLock(ObjectLockRule.BARE);
        return bucket;
    }

    private static String locked(BucketState bucket, ObjectLockMode mode) {
        return s3.putObject(
                        request -> request.bucket(bucket.name())
                                .key("key")
                                .objectLockMode(mode)
                                .objectLockRetainUntilDate(SOON),
                        RequestBody.fromString("bytes"))
                .versionId();
    }

    private static void retain(
            BucketState bucket, String versionId, ObjectLockRetentionMode mode, Instant until, boolean bypass) {
        s3.putObjectRetention(request -> request.bucket(bucket.name())
                .key("key")
                .versionId(versionId)
                .bypassGovernanceRetention(bypass)
                .retention(retention -> retention.mode(mode).retainUntilDate(until)));
    }

    private static void hold(BucketState bucket, String versionId, ObjectLockLegalHoldStatus status) {
        s3.putObjectLegalHold(request ->
                request.bucket(bucket.name()).key("key").versionId(versionId).legalHold(hold -> hold.status(status)));
    }

    private static void remove(BucketState bucket, String versionId, boolean bypass) {
        s3.deleteObject(request ->
                request.bucket(bucket.name()).key("key").versionId(versionId).bypassGovernanceRetention(bypass));
    }

    @Test
    void a_version_is_written_locked_and_says_so() {
        // Given
        var bucket = bucket();
        // When
        s3.putObject(
                request -> request.bucket(bucket.name())
                        .key("key")
                        .objectLockMode(ObjectLockMode.COMPLIANCE)
                        .objectLockRetainUntilDate(SOON)
                        .objectLockLegalHoldStatus(ObjectLockLegalHoldStatus.ON),
                RequestBody.fromString("bytes"));
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
        assertThat(head.objectLockRetainUntilDate()).isEqualTo(SOON);
        assertThat(head.objectLockLegalHoldStatus()).isEqualTo(ObjectLockLegalHoldStatus.ON);
    }

    @Test
    void a_locked_version_is_hidden_but_not_removed() {
        // Given
        var bucket = bucket();
        var version = locked(bucket, ObjectLockMode.COMPLIANCE);
        // When
        s3.deleteObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(refusal("AccessDenied", () -> remove(bucket, version, true))
                        .awsErrorDetails()
                        .errorMessage())
                .contains("object protected by object lock");
        assertThat(world.get(bucket, "key", version)).isEqualTo("bytes");
        var marker = bucket.versions("key").getFirst().versionId();
        remove(bucket, marker, false);
        assertThat(world.get(bucket, "key")).isEqualTo("bytes");
    }

    @Test
    void governance_gives_way_to_those_who_say_and_may() {
        // Given
        var bucket = bucket();
        var version = locked(bucket, ObjectLockMode.GOVERNANCE);
        var denied = """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                 "Action": "s3:BypassGovernanceRetention", "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(bucket.name());
        // Then
        refusal("AccessDenied", () -> remove(bucket, version, false));
        bucket.settings().setPolicy(Optional.of(denied));
        refusal("AccessDenied", () -> remove(bucket, version, true));
        bucket.settings().setPolicy(Optional.empty());
        remove(bucket, version, true);
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void a_hold_stands_by_itself_and_is_passed_over_by_nobody() {
        // Given
        var bucket = bucket();
        var version = world.put(bucket, "key", "bytes");
        // When
        hold(bucket, version, ObjectLockLegalHoldStatus.ON);
        // Then
        refusal("AccessDenied", () -> remove(bucket, version, true));
        assertThat(s3.getObjectLegalHold(
                                request -> request.bucket(bucket.name()).key("key"))
                        .legalHold()
                        .status())
                .isEqualTo(ObjectLockLegalHoldStatus.ON);
        hold(bucket, version, ObjectLockLegalHoldStatus.OFF);
        remove(bucket, version, false);
        assertThat(bucket.versions("key")).isEmpty();
    }

    @Test
    void deleting_many_answers_for_each() {
        // Given
        var bucket = bucket();
        var free = world.put(bucket, "key", "free");
        var kept = locked(bucket, ObjectLockMode.GOVERNANCE);
        var objects = Stream.of(free, kept)
                .map(id -> ObjectIdentifier.builder().key("key").versionId(id).build())
                .toList();
        // When
        var answer =
                s3.deleteObjects(request -> request.bucket(bucket.name()).delete(delete -> delete.objects(objects)));
        // Then
        assertThat(answer.deleted()).extracting(deleted -> deleted.versionId()).containsExactly(free);
        assertThat(answer.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("AccessDenied");
            assertThat(error.versionId()).isEqualTo(kept);
        });
        assertThat(s3.deleteObjects(request -> request.bucket(bucket.name())
                                .bypassGovernanceRetention(true)
                                .delete(delete -> delete.objects(objects)))
                        .errors())
                .isEmpty();
    }

    @Test
    void a_retention_grows_freely_and_shrinks_only_where_the_mode_lets_it() {
        // Given
        var bucket = bucket();
        var governed = locked(bucket, ObjectLockMode.GOVERNANCE);
        var strict = locked(bucket, ObjectLockMode.COMPLIANCE);
        // When
        retain(bucket, governed, ObjectLockRetentionMode.GOVERNANCE, LATE, false);
        retain(bucket, strict, ObjectLockRetentionMode.COMPLIANCE, LATE, false);
        // Then
        refusal("AccessDenied", () -> retain(bucket, governed, ObjectLockRetentionMode.GOVERNANCE, SOON, false));
        refusal("AccessDenied", () -> retain(bucket, strict, ObjectLockRetentionMode.COMPLIANCE, SOON, true));
        refusal("AccessDenied", () -> retain(bucket, strict, ObjectLockRetentionMode.GOVERNANCE, LATE, true));
        retain(bucket, governed, ObjectLockRetentionMode.GOVERNANCE, SOON, true);
        assertThat(s3.getObjectRetention(request ->
                                request.bucket(bucket.name()).key("key").versionId(governed))
                        .retention()
                        .retainUntilDate())
                .isEqualTo(SOON);
        assertThat(s3.getObjectRetention(request ->
                                request.bucket(bucket.name()).key("key").versionId(strict))
                        .retention()
                        .retainUntilDate())
                .isEqualTo(LATE);
    }

    @Test
    void an_empty_document_takes_governance_away_from_those_who_may_bypass_it() throws Exception {
        // Given
        var bucket = bucket();
        var version = locked(bucket, ObjectLockMode.GOVERNANCE);
        var path = "/" + bucket.name() + "/key?retention&versionId=" + version;
        // Then
        assertThat(world.send("PUT", path, "<Retention/>").statusCode()).isEqualTo(403);
        assertThat(world.send("PUT", path, "<Retention/>", "x-amz-bypass-governance-retention", "true")
                        .statusCode())
                .isEqualTo(200);
        refusal(
                "NoSuchObjectLockConfiguration",
                () -> s3.getObjectRetention(
                        request -> request.bucket(bucket.name()).key("key")));
        remove(bucket, version, false);
    }

    @Test
    void a_default_applies_to_those_who_ask_for_nothing_else() {
        // Given
        var bucket = world.bucket(Versioning.ENABLED);
        s3.putObjectLockConfiguration(request -> request.bucket(bucket.name())
                .objectLockConfiguration(configuration -> configuration
                        .objectLockEnabled("Enabled")
                        .rule(rule ->
                                rule.defaultRetention(standard -> standard.mode(ObjectLockRetentionMode.GOVERNANCE)
                                        .days(7)))));
        // When
        world.put(bucket, "quiet", "bytes");
        locked(bucket, ObjectLockMode.COMPLIANCE);
        var uploadId = s3.createMultipartUpload(
                        request -> request.bucket(bucket.name()).key("parts"))
                .uploadId();
        var part = s3.uploadPart(
                request -> request.bucket(bucket.name())
                        .key("parts")
                        .uploadId(uploadId)
                        .partNumber(1),
                RequestBody.fromString("bytes"));
        s3.completeMultipartUpload(request -> request.bucket(bucket.name())
                .key("parts")
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(
                        CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));
        // Then
        for (var key : new String[] {"quiet", "parts"}) {
            var head = s3.headObject(request -> request.bucket(bucket.name()).key(key));
            assertThat(head.objectLockMode()).isEqualTo(ObjectLockMode.GOVERNANCE);
            assertThat(head.objectLockRetainUntilDate())
                    .isEqualTo(head.lastModified().plus(Duration.ofDays(7)));
        }
        var loud = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        assertThat(loud.objectLockMode()).isEqualTo(ObjectLockMode.COMPLIANCE);
        assertThat(loud.objectLockRetainUntilDate()).isEqualTo(SOON);
    }

    @Test
    void a_copy_does_not_take_the_lock_of_its_source_along() {
        // Given
        var bucket = bucket();
        locked(bucket, ObjectLockMode.COMPLIANCE);
        // When
        s3.copyObject(request -> request.sourceBucket(bucket.name())
                .sourceKey("key")
                .destinationBucket(bucket.name())
                .destinationKey("copy"));
        // Then
        assertThat(s3.headObject(request -> request.bucket(bucket.name()).key("copy"))
                        .objectLockMode())
                .isNull();
    }

    @Test
    void a_bucket_is_made_with_object_lock_and_keeps_its_versions_for_ever() {
        // When
        s3.createBucket(request -> request.bucket("made-to-lock")
                .objectLockEnabledForBucket(true)
                .createBucketConfiguration(where -> where.locationConstraint(ServedWorld.PARIS)));
        // Then
        assertThat(s3.getObjectLockConfiguration(request -> request.bucket("made-to-lock"))
                        .objectLockConfiguration()
                        .objectLockEnabledAsString())
                .isEqualTo("Enabled");
        refusal(
                "InvalidBucketState",
                () -> s3.putBucketVersioning(request ->
                        request.bucket("made-to-lock").versioningConfiguration(wanted -> wanted.status("Suspended"))));
    }

    @Test
    void who_may_not_see_the_lock_reads_the_object_without_it() {
        // Given
        var bucket = bucket();
        locked(bucket, ObjectLockMode.GOVERNANCE);
        bucket.settings().setPolicy(Optional.of("""
                        {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*",
                         "Action": "s3:GetObjectRetention", "Resource": "arn:aws:s3:::%s/*"}]}""".formatted(bucket.name())));
        // When
        var head = s3.headObject(request -> request.bucket(bucket.name()).key("key"));
        // Then
        assertThat(head.objectLockMode()).isNull();
        assertThat(head.contentLength()).isEqualTo(5);
    }

    @Test
    void a_lifecycle_rule_leaves_locked_versions_alone() {
        // Given
        var bucket = bucket();
        bucket.setObjectLock(new ObjectLockRule(
                Optional.of(new DefaultRetention(Retention.Mode.GOVERNANCE, 1, DefaultRetention.Unit.YEARS))));
        var version = world.put(bucket, "key", "bytes");
        // When
        bucket.expire("key");
        // Then
        assertThatThrownBy(() -> bucket.expireVersion("key", version))
                .hasMessageContaining("object protected by object lock");
        assertThat(world.get(bucket, "key", version)).isEqualTo("bytes");
    }

    @Test
    void changes_of_a_lock_are_told_to_those_who_listen_for_them() {
        // Given
        var bucket = bucket();
        var version = world.put(bucket, "key", "bytes");
        // When
        retain(bucket, version, ObjectLockRetentionMode.GOVERNANCE, SOON, false);
        hold(bucket, version, ObjectLockLegalHoldStatus.ON);
        // Then
        assertThat(world.changesOf(bucket))
                .extracting(Change::name)
                .containsExactly(EventName.OBJECT_CREATED_PUT, EventName.RETENTION_PUT, EventName.LEGAL_HOLD_PUT);
        assertThat(world.changesOf(bucket).getLast().versionId()).contains(version);
    }
}
