package io.tidelock.deploy.posture.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** One request a document of a bucket. Stateless beside its client. */
final class BucketRequests {
    /** Codes that say for certain that a document is not configured (S3 API reference, of each request). */
    private static final Set<String> NOT_CONFIGURED = Set.of(
            "NoSuchBucketPolicy",
            "NoSuchPublicAccessBlockConfiguration",
            "OwnershipControlsNotFoundError",
            "ServerSideEncryptionConfigurationNotFoundError",
            "ObjectLockConfigurationNotFoundError",
            "NoSuchLifecycleConfiguration",
            "ReplicationConfigurationNotFoundError",
            "NoSuchCORSConfiguration",
            "NoSuchTagSet",
            "NoSuchWebsiteConfiguration");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final S3Client s3;

    BucketRequests(S3Client s3) {
        this.s3 = s3;
    }

    Collected<JsonNode> document(String bucket, BucketDocument which) {
        if (which == BucketDocument.POLICY) {
            return collected(() ->
                    policy(s3.getBucketPolicy(request -> request.bucket(bucket)).policy()));
        }
        return collected(() -> {
            var answer = answer(bucket, which);
            return answer == null ? null : Pojos.json(answer);
        });
    }

    private @Nullable SdkPojo answer(String bucket, BucketDocument which) {
        return switch (which) {
            case POLICY -> throw new IllegalArgumentException("a policy is text");
            case ACL -> s3.getBucketAcl(request -> request.bucket(bucket));
            case PUBLIC_ACCESS_BLOCK ->
                s3.getPublicAccessBlock(request -> request.bucket(bucket)).publicAccessBlockConfiguration();
            case OWNERSHIP_CONTROLS ->
                s3.getBucketOwnershipControls(request -> request.bucket(bucket)).ownershipControls();
            case VERSIONING -> s3.getBucketVersioning(request -> request.bucket(bucket));
            case ENCRYPTION ->
                s3.getBucketEncryption(request -> request.bucket(bucket)).serverSideEncryptionConfiguration();
            case LOGGING -> s3.getBucketLogging(request -> request.bucket(bucket));
            case OBJECT_LOCK ->
                s3.getObjectLockConfiguration(request -> request.bucket(bucket)).objectLockConfiguration();
            case LIFECYCLE -> s3.getBucketLifecycleConfiguration(request -> request.bucket(bucket));
            case NOTIFICATION -> s3.getBucketNotificationConfiguration(request -> request.bucket(bucket));
            case REPLICATION ->
                s3.getBucketReplication(request -> request.bucket(bucket)).replicationConfiguration();
            case CORS -> s3.getBucketCors(request -> request.bucket(bucket));
            case TAGGING -> s3.getBucketTagging(request -> request.bucket(bucket));
            case WEBSITE -> s3.getBucketWebsite(request -> request.bucket(bucket));
            case REQUEST_PAYMENT -> s3.getBucketRequestPayment(request -> request.bucket(bucket));
            case INVENTORY -> s3.listBucketInventoryConfigurations(request -> request.bucket(bucket));
            case INTELLIGENT_TIERING ->
                s3.listBucketIntelligentTieringConfigurations(request -> request.bucket(bucket));
        };
    }

    /** A policy that is not JSON is kept as the text that it is: its reader says what is wrong. */
    static JsonNode policy(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private static Collected<JsonNode> collected(Supplier<@Nullable JsonNode> request) {
        try {
            var node = request.get();
            return node == null ? new Collected.NotConfigured<>() : new Collected.Known<>(node);
        } catch (SdkException e) {
            var code = code(e);
            return NOT_CONFIGURED.contains(code) ? new Collected.NotConfigured<>() : new Collected.Unavailable<>(code);
        }
    }

    /** The store's own code where it answered. */
    static String code(SdkException e) {
        if (!(e instanceof AwsServiceException service)) {
            return "Unreachable";
        }
        var details = service.awsErrorDetails();
        var code = details == null ? null : details.errorCode();
        return code == null || code.isEmpty() ? "HTTP" + service.statusCode() : code;
    }
}
