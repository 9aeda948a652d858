package io.tidelock.sandbox.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.auth.Headers;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ActionsTest {
    private static final Headers NONE = new PolicyAuthorizerTest.FewHeaders(Map.of());

    private static Set<String> parameters(@Nullable String text) {
        return text == null ? Set.of() : Arrays.stream(text.split("&", -1)).collect(Collectors.toUnmodifiableSet());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,, s3:GetObject",
        "HEAD,, s3:GetObject",
        "GET, versionId, s3:GetObjectVersion",
        "HEAD, versionId, s3:GetObjectVersion",
        "GET, acl, s3:GetObjectAcl",
        "GET, acl&versionId, s3:GetObjectVersionAcl",
        "GET, tagging, s3:GetObjectTagging",
        "GET, tagging&versionId, s3:GetObjectVersionTagging",
        "GET, attributes, s3:GetObject s3:GetObjectAttributes",
        "GET, attributes&versionId, s3:GetObjectVersion s3:GetObjectVersionAttributes",
        "GET, retention, s3:GetObjectRetention",
        "GET, legal-hold, s3:GetObjectLegalHold",
        "GET, uploadId, s3:ListMultipartUploadParts",
        "PUT,, s3:PutObject",
        "PUT, acl, s3:PutObjectAcl",
        "PUT, acl&versionId, s3:PutObjectVersionAcl",
        "PUT, tagging, s3:PutObjectTagging",
        "PUT, tagging&versionId, s3:PutObjectVersionTagging",
        "PUT, retention, s3:PutObjectRetention",
        "PUT, uploadId&partNumber, s3:PutObject",
        "POST, uploads, s3:PutObject",
        "POST, uploadId, s3:PutObject",
        "POST, restore, s3:RestoreObject",
        "DELETE,, s3:DeleteObject",
        "DELETE, versionId, s3:DeleteObjectVersion",
        "DELETE, tagging, s3:DeleteObjectTagging",
        "DELETE, tagging&versionId, s3:DeleteObjectVersionTagging",
        "DELETE, uploadId, s3:AbortMultipartUpload",
    })
    void requests_on_objects_need_these_actions(String method, @Nullable String parameters, String actions) {
        assertThat(String.join(" ", S3Actions.onObject(method, parameters(parameters), NONE)))
                .isEqualTo(actions);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,, s3:ListBucket",
        "HEAD,, s3:ListBucket",
        "GET, list-type&prefix, s3:ListBucket",
        "GET, versions, s3:ListBucketVersions",
        "GET, uploads, s3:ListBucketMultipartUploads",
        "GET, location, s3:GetBucketLocation",
        "GET, versioning, s3:GetBucketVersioning",
        "PUT, versioning, s3:PutBucketVersioning",
        "GET, encryption, s3:GetEncryptionConfiguration",
        "PUT, encryption, s3:PutEncryptionConfiguration",
        "DELETE, encryption, s3:PutEncryptionConfiguration",
        "PUT, replication, s3:PutReplicationConfiguration",
        "DELETE, replication, s3:PutReplicationConfiguration",
        "GET, ownershipControls, s3:GetBucketOwnershipControls",
        "GET, policy, s3:GetBucketPolicy",
        "DELETE, policy, s3:DeleteBucketPolicy",
        "GET, policyStatus, s3:GetBucketPolicyStatus",
        "PUT,, s3:CreateBucket",
        "DELETE,, s3:DeleteBucket",
    })
    void requests_on_buckets_need_these_actions(String method, @Nullable String parameters, String action) {
        assertThat(S3Actions.onBucket(method, parameters(parameters))).containsExactly(action);
    }

    @Test
    void headers_of_a_write_ask_for_more() {
        var headers = new PolicyAuthorizerTest.FewHeaders(Map.of(
                "x-amz-tagging", "a=b",
                "x-amz-grant-read", "id=x",
                "x-amz-object-lock-mode", "GOVERNANCE",
                "x-amz-object-lock-legal-hold", "ON"));
        assertThat(S3Actions.onObject("PUT", Set.of(), headers))
                .containsExactly(
                        "s3:PutObject",
                        "s3:PutObjectTagging",
                        "s3:PutObjectAcl",
                        "s3:PutObjectRetention",
                        "s3:PutObjectLegalHold");
        var canned = new PolicyAuthorizerTest.FewHeaders(Map.of("x-amz-acl", "private"));
        assertThat(S3Actions.onObject("POST", Set.of("uploads"), canned))
                .containsExactly("s3:PutObject", "s3:PutObjectAcl");
        var bypass = new PolicyAuthorizerTest.FewHeaders(Map.of("x-amz-bypass-governance-retention", "true"));
        assertThat(S3Actions.onObject("DELETE", Set.of("versionId"), bypass))
                .containsExactly("s3:DeleteObjectVersion", "s3:BypassGovernanceRetention");
    }
}
