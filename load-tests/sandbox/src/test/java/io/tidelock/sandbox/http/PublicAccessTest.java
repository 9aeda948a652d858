package io.tidelock.sandbox.http;

import static io.tidelock.sandbox.http.ServedWorld.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.CannedAcl;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.PublicAccessBlock;
import io.tidelock.sandbox.model.StoredVersion;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;

class PublicAccessTest {
    private static final String ACCOUNT_PATH = "/v20180820/configuration/publicAccessBlock";
    private static final String PUBLIC = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
             "Resource": "arn:aws:s3:::%s/*"}]}""";

    @TempDir
    private static Path bodies;

    private static ServedWorld world;
    private static S3Client s3;
    private static S3Client bob;

    @BeforeAll
    static void start() {
        world = new ServedWorld(bodies);
        s3 = world.alice;
        bob = world.client(world.paris, ServedWorld.BOB);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void anAccountWithoutBlock() {
        world.world.setPublicAccessBlock(ServedWorld.ALICE.id(), Optional.empty());
    }

    private static BucketState bucket(PublicAccessBlock block) {
        var bucket = world.bucket();
        bucket.settings().setOwnership(Optional.of(Ownership.OBJECT_WRITER));
        bucket.settings().setPublicAccessBlock(Optional.of(block));
        return bucket;
    }

    private static String readAsBob(BucketState bucket) {
        return bob.getObjectAsBytes(request -> request.bucket(bucket.name()).key("key"))
                .asUtf8String();
    }

    @Test
    void a_bucket_block_is_kept_with_all_four_settings_and_deleted() {
        // Given
        var bucket = world.bucket();
        refusal(
                "NoSuchPublicAccessBlockConfiguration",
                () -> s3.getPublicAccessBlock(request -> request.bucket(bucket.name())));
        // When
        s3.putPublicAccessBlock(request -> request.bucket(bucket.name())
                .publicAccessBlockConfiguration(
                        block -> block.blockPublicAcls(true).restrictPublicBuckets(true)));
        // Then
        assertThat(s3.getPublicAccessBlock(request -> request.bucket(bucket.name()))
                        .publicAccessBlockConfiguration())
                .isEqualTo(PublicAccessBlockConfiguration.builder()
                        .blockPublicAcls(true)
                        .ignorePublicAcls(false)
                        .blockPublicPolicy(false)
                        .restrictPublicBuckets(true)
                        .build());
        s3.deletePublicAccessBlock(request -> request.bucket(bucket.name()));
        assertThat(bucket.settings().publicAccessBlock()).isEmpty();
    }

    @Test
    void a_bucket_that_a_request_makes_blocks_everything() {
        // When
        s3.createBucket(request -> request.bucket("made-blocked")
                .createBucketConfiguration(where -> where.locationConstraint(ServedWorld.PARIS)));
        // Then
        assertThat(world.world.bucket("made-blocked").orElseThrow().settings().publicAccessBlock())
                .contains(PublicAccessBlock.ALL);
    }

    @Test
    void public_acls_are_refused_where_they_are_blocked() {
        // Given
        var bucket = bucket(new PublicAccessBlock(true, false, false, false));
        world.put(bucket, "key", "bytes");
        // Then
        refusal(
                "AccessDenied",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("other").acl(ObjectCannedACL.PUBLIC_READ),
                        RequestBody.fromString("bytes")));
        refusal(
                "AccessDenied",
                () -> s3.putObjectAcl(
                        request -> request.bucket(bucket.name()).key("key").acl(ObjectCannedACL.AUTHENTICATED_READ)));
        refusal(
                "AccessDenied",
                () -> s3.putBucketAcl(request -> request.bucket(bucket.name()).acl("public-read")));
        s3.putObjectAcl(
                request -> request.bucket(bucket.name()).key("key").grantRead("id=" + ServedWorld.BOB.canonicalId()));
        assertThat(readAsBob(bucket)).isEqualTo("bytes");
    }

    @Test
    void public_grants_that_are_there_do_not_count_where_they_are_ignored() {
        // Given
        var bucket = bucket(PublicAccessBlock.NONE);
        s3.putObject(
                request -> request.bucket(bucket.name()).key("key").acl(ObjectCannedACL.PUBLIC_READ),
                RequestBody.fromString("bytes"));
        var before = readAsBob(bucket);
        // When
        bucket.settings().setPublicAccessBlock(Optional.of(new PublicAccessBlock(false, true, false, false)));
        // Then
        assertThat(before).isEqualTo("bytes");
        refusal("AccessDenied", () -> readAsBob(bucket));
        var version = (StoredVersion) bucket.versions("key").getFirst();
        assertThat(version.grants())
                .isEqualTo(
                        CannedAcl.PUBLIC_READ.grants(ServedWorld.ALICE.canonicalId(), ServedWorld.ALICE.canonicalId()));
    }

    @Test
    void a_public_policy_is_refused_or_made_harmless() {
        // Given
        var refusing = bucket(new PublicAccessBlock(false, false, true, false));
        var restricting = bucket(new PublicAccessBlock(false, false, false, true));
        world.put(restricting, "key", "bytes");
        // When
        s3.putBucketPolicy(request -> request.bucket(restricting.name()).policy(PUBLIC.formatted(restricting.name())));
        // Then
        refusal(
                "AccessDenied",
                () -> s3.putBucketPolicy(
                        request -> request.bucket(refusing.name()).policy(PUBLIC.formatted(refusing.name()))));
        refusal("AccessDenied", () -> readAsBob(restricting));
        assertThat(world.get(restricting, "key")).isEqualTo("bytes");
        restricting.settings().setPublicAccessBlock(Optional.empty());
        assertThat(readAsBob(restricting)).isEqualTo("bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"*\" | | true",
                "{\"AWS\": \"*\"} | | true",
                "{\"AWS\": \"arn:aws:iam::444455556666:root\"} | | false",
                "{\"Service\": \"logging.s3.amazonaws.com\"} | | false",
                "\"*\" | {\"StringEquals\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | false",
                "\"*\" | {\"StringLike\": {\"aws:SourceVpc\": \"vpc-*\"}} | true",
                "\"*\" | {\"StringNotEquals\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | true",
                "\"*\" | {\"Bool\": {\"aws:SecureTransport\": \"true\"}} | true",
                "\"*\" | {\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3:::*\"}} | true",
                "\"*\" | {\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:sns:*:111122223333:*\"}} | false",
                "\"*\" | {\"IpAddress\": {\"aws:SourceIp\": \"10.1.0.0/16\"}} | false",
                "\"*\" | {\"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/0\"}} | true"
            })
    void a_policy_is_public_when_nothing_fixed_narrows_it(
            String principal, @Nullable String condition, boolean expected) {
        // Given
        var bucket = world.bucket();
        var more = condition == null ? "" : ", \"Condition\": " + condition;
        s3.putBucketPolicy(
                request -> request.bucket(bucket.name()).policy("""
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": %s, "Action": "s3:GetObject",
                 "Resource": "arn:aws:s3:::%s/*"%s}]}""".formatted(principal, bucket.name(), more)));
        // When
        var status = s3.getBucketPolicyStatus(request -> request.bucket(bucket.name()));
        // Then
        assertThat(status.policyStatus().isPublic()).isEqualTo(expected);
    }

    @Test
    void a_bucket_without_a_policy_has_no_status() {
        // Given
        var bucket = world.bucket();
        // Then
        refusal("NoSuchBucketPolicy", () -> s3.getBucketPolicyStatus(request -> request.bucket(bucket.name())));
    }

    @Test
    void an_account_has_a_block_of_its_own() throws Exception {
        // Given
        var account = ServedWorld.ALICE.id();
        var document = "<PublicAccessBlockConfiguration xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\">"
                + "<RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";
        var none = world.send("GET", ACCOUNT_PATH, "", "x-amz-account-id", account);
        // When
        var put = world.send("PUT", ACCOUNT_PATH, document, "x-amz-account-id", account);
        var get = world.send("GET", ACCOUNT_PATH, "", "x-amz-account-id", account);
        var deleted = world.send("DELETE", ACCOUNT_PATH, "", "x-amz-account-id", account);
        // Then
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration</Code>");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(get.body())
                .contains("<RestrictPublicBuckets>true</RestrictPublicBuckets>")
                .contains("<BlockPublicAcls>false</BlockPublicAcls>");
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(world.world.publicAccessBlock(account)).isEmpty();
    }

    @Test
    void an_account_block_is_its_own_accounts_business() throws Exception {
        // When
        var answer = world.send("GET", ACCOUNT_PATH, "", "x-amz-account-id", ServedWorld.BOB.id());
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void an_account_block_holds_for_all_its_buckets() {
        // Given
        var bucket = bucket(PublicAccessBlock.NONE);
        world.world.setPublicAccessBlock(ServedWorld.ALICE.id(), Optional.of(PublicAccessBlock.ALL));
        // Then
        refusal(
                "AccessDenied",
                () -> s3.putObject(
                        request -> request.bucket(bucket.name()).key("key").acl(ObjectCannedACL.PUBLIC_READ),
                        RequestBody.fromString("bytes")));
    }

    @Test
    void acls_are_not_disabled_while_the_buckets_own_lets_others_in() {
        // Given
        var bucket = bucket(PublicAccessBlock.NONE);
        s3.putBucketAcl(request -> request.bucket(bucket.name()).acl("public-read"));
        // Then
        refusal("InvalidBucketAclWithObjectOwnership", () -> disableAcls(bucket));
        s3.putBucketAcl(request -> request.bucket(bucket.name()).acl("private"));
        disableAcls(bucket);
        assertThat(bucket.settings().ownership()).isEqualTo(Ownership.BUCKET_OWNER_ENFORCED);
    }

    private static void disableAcls(BucketState bucket) {
        var rule = OwnershipControlsRule.builder()
                .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
                .build();
        s3.putBucketOwnershipControls(
                request -> request.bucket(bucket.name()).ownershipControls(controls -> controls.rules(rule)));
    }
}
