package io.tidelock.sandbox.proof;

import static io.tidelock.sandbox.proof.ObjectSemantics.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** What one account may do in the bucket of another, through the server (UG: How Amazon S3 authorizes a request). */
class CrossAccountTest {
    private static final String BUCKET = "owners";
    private static final String OBJECTS = "arn:aws:s3:::" + BUCKET + "/*";
    private static final String OTHER_ACCOUNT = "{\"AWS\":\"arn:aws:iam::" + SandboxServer.OTHER + ":root\"}";

    private final SandboxServer server;
    private final S3Client owner;
    private final S3Client other;

    CrossAccountTest(@TempDir Path bodies) {
        server = new SandboxServer(bodies);
        owner = server.client();
        other = server.clientOf(SandboxServer.OTHER_KEY);
    }

    @BeforeEach
    void makeBucket() {
        owner.createBucket(b -> b.bucket(BUCKET));
        owner.deletePublicAccessBlock(b -> b.bucket(BUCKET));
        owner.putBucketVersioning(
                b -> b.bucket(BUCKET).versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
        owner.putObject(b -> b.bucket(BUCKET).key("k"), RequestBody.fromString("one"));
    }

    @AfterEach
    void stop() {
        other.close();
        server.close();
    }

    private void allow(String principal, String resource, String... actions) {
        policy("{\"Effect\":\"Allow\",\"Principal\":%s,\"Action\":[\"%s\"],\"Resource\":\"%s\"}"
                .formatted(principal, String.join("\",\"", actions), resource));
    }

    private void policy(String statements) {
        owner.putBucketPolicy(
                b -> b.bucket(BUCKET).policy("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}"));
    }

    private static void put(S3Client s3, String key) {
        s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString("x"));
    }

    private static String get(S3Client s3, String key) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
    }

    @Test
    void another_account_may_do_nothing() {
        refused(403, "AccessDenied", () -> get(other, "k"));
        refused(403, "AccessDenied", () -> put(other, "k"));
        refused(
                403,
                "AccessDenied",
                () -> other.deleteObject(b -> b.bucket(BUCKET).key("k")));
        refused(403, "AccessDenied", () -> other.listObjectsV2(b -> b.bucket(BUCKET)));
        refused(403, "AccessDenied", () -> other.listObjectVersions(b -> b.bucket(BUCKET)));
        refused(403, "AccessDenied", () -> other.getBucketVersioning(b -> b.bucket(BUCKET)));
        refused(403, "AccessDenied", () -> other.getBucketPolicy(b -> b.bucket(BUCKET)));
        refused(403, "AccessDenied", () -> other.deleteBucket(b -> b.bucket(BUCKET)));
        refused(403, () -> other.headBucket(b -> b.bucket(BUCKET)));
        refused(403, () -> other.headObject(b -> b.bucket(BUCKET).key("k")));
        assertThat(other.listBuckets().buckets()).isEmpty();
    }

    @Test
    void what_the_policy_allows_it_may_do_and_nothing_else() {
        allow(OTHER_ACCOUNT, OBJECTS, "s3:GetObject");
        assertThat(get(other, "k")).isEqualTo("one");
        refused(403, "AccessDenied", () -> put(other, "k"));
        var version = owner.headObject(b -> b.bucket(BUCKET).key("k")).versionId();
        refused(
                403,
                "AccessDenied",
                () -> other.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").versionId(version)));
        allow(OTHER_ACCOUNT, OBJECTS, "s3:GetObjectVersion");
        assertThat(other.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").versionId(version))
                        .asUtf8String())
                .isEqualTo("one");
    }

    @Test
    void an_explicit_deny_wins_even_over_the_owner() {
        policy("{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"" + OBJECTS
                + "\"},{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:DeleteObject\",\"Resource\":\""
                + OBJECTS + "\"}");
        put(other, "by other");
        refused(
                403,
                "AccessDenied",
                () -> other.deleteObject(b -> b.bucket(BUCKET).key("k")));
        refused(
                403,
                "AccessDenied",
                () -> owner.deleteObject(b -> b.bucket(BUCKET).key("k")));
        var batch = owner.deleteObjects(b -> b.bucket(BUCKET)
                .delete(d -> d.objects(ObjectIdentifier.builder().key("k").build())));
        assertThat(batch.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.code()).isEqualTo("AccessDenied"));
        owner.deleteBucketPolicy(b -> b.bucket(BUCKET));
        owner.deleteObject(b -> b.bucket(BUCKET).key("k"));
    }

    @Test
    void tags_and_acls_with_a_write_need_their_own_permissions() {
        allow(OTHER_ACCOUNT, OBJECTS, "s3:PutObject");
        put(other, "plain");
        refused(
                403,
                "AccessDenied",
                () -> other.putObject(b -> b.bucket(BUCKET).key("tagged").tagging("a=1"), RequestBody.fromString("x")));
        refused(
                403,
                "AccessDenied",
                () -> other.putObject(
                        b -> b.bucket(BUCKET).key("acl").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL),
                        RequestBody.fromString("x")));
        allow(OTHER_ACCOUNT, OBJECTS, "s3:PutObject", "s3:PutObjectTagging", "s3:PutObjectAcl");
        other.putObject(b -> b.bucket(BUCKET).key("tagged").tagging("a=1"), RequestBody.fromString("x"));
        other.putObject(
                b -> b.bucket(BUCKET).key("acl").acl(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL),
                RequestBody.fromString("x"));
    }

    @Test
    void multipart_uploads_and_copies_are_judged_step_by_step() {
        refused(
                403,
                "AccessDenied",
                () -> other.createMultipartUpload(b -> b.bucket(BUCKET).key("m")));
        var uploadId =
                owner.createMultipartUpload(b -> b.bucket(BUCKET).key("m")).uploadId();
        refused(
                403,
                "AccessDenied",
                () -> other.uploadPart(
                        b -> b.bucket(BUCKET).key("m").uploadId(uploadId).partNumber(1), RequestBody.fromString("x")));
        refused(
                403,
                "AccessDenied",
                () -> other.listParts(b -> b.bucket(BUCKET).key("m").uploadId(uploadId)));
        refused(
                403,
                "AccessDenied",
                () -> other.abortMultipartUpload(b -> b.bucket(BUCKET).key("m").uploadId(uploadId)));
        other.createBucket(b -> b.bucket("others"));
        refused(403, "AccessDenied", this::copyToOthers);
        allow(OTHER_ACCOUNT, OBJECTS, "s3:GetObject");
        copyToOthers();
        assertThat(other.getObjectAsBytes(b -> b.bucket("others").key("k")).asUtf8String())
                .isEqualTo("one");
    }

    private void copyToOthers() {
        other.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("k")
                .destinationBucket("others")
                .destinationKey("k"));
    }

    @Test
    void a_missing_object_is_not_found_only_for_who_may_list() {
        allow(OTHER_ACCOUNT, OBJECTS, "s3:GetObject");
        refused(403, "AccessDenied", () -> get(other, "missing"));
        refused(403, () -> other.headObject(b -> b.bucket(BUCKET).key("missing")));
        policy("{\"Effect\":\"Allow\",\"Principal\":" + OTHER_ACCOUNT
                + ",\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"" + OBJECTS + "\",\"arn:aws:s3:::"
                + BUCKET + "\"]}");
        refused(404, "NoSuchKey", () -> get(other, "missing"));
        assertThat(other.listObjectsV2(b -> b.bucket(BUCKET)).contents()).hasSize(1);
    }

    @Test
    void a_role_may_do_only_what_its_policy_says() {
        try (var sts = StsClient.builder()
                        .endpointOverride(server.endpoint())
                        .region(Region.of(SandboxServer.REGION))
                        .credentialsProvider(SandboxServer.credentials(SandboxServer.OWNER_KEY))
                        .build();
                var credentials = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(r -> r.roleArn("arn:aws:iam::" + SandboxServer.OWNER + ":role/reader")
                                .roleSessionName("sdk"))
                        .build();
                var reader = server.clientOf(credentials)) {
            assertThat(get(reader, "k")).isEqualTo("one");
            refused(403, "AccessDenied", () -> put(reader, "k"));
            refused(403, "AccessDenied", () -> get(reader, "missing"));
        }
    }

    @Test
    void nobody_in_particular_may_read_what_everybody_may() {
        try (var anybody = server.clientOf(AnonymousCredentialsProvider.create())) {
            refused(403, "AccessDenied", () -> get(anybody, "k"));
            allow("\"*\"", OBJECTS, "s3:GetObject");
            assertThat(get(anybody, "k")).isEqualTo("one");
            refused(403, "AccessDenied", () -> put(anybody, "k"));
        }
    }

    @Test
    void a_key_of_kms_is_for_its_own_account() {
        var keyArn = "arn:aws:kms:" + SandboxServer.REGION + ":" + SandboxServer.OWNER + ":key/"
                + SandboxServer.OWNER_KMS_KEY;
        owner.putObject(
                b -> b.bucket(BUCKET)
                        .key("secret")
                        .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                        .ssekmsKeyId(keyArn),
                RequestBody.fromString("secret"));
        assertThat(get(owner, "secret")).isEqualTo("secret");
        allow(OTHER_ACCOUNT, OBJECTS, "s3:GetObject", "s3:PutObject");
        refused(403, "AccessDenied", () -> get(other, "secret"));
        refused(
                403,
                "AccessDenied",
                () -> other.putObject(
                        b -> b.bucket(BUCKET)
                                .key("secret")
                                .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                                .ssekmsKeyId(keyArn),
                        RequestBody.fromString("x")));
    }

    @Test
    void a_policy_that_cannot_be_read_is_refused() {
        refused(
                400,
                "MalformedPolicy",
                () -> owner.putBucketPolicy(b -> b.bucket(BUCKET).policy("{\"Statement\":[]}")));
        refused(
                400,
                "MalformedPolicy",
                () -> owner.putBucketPolicy(b -> b.bucket(BUCKET).policy("not json")));
    }
}
