package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/** What a user of an S3 server does to buckets, with a plain client of its own. */
final class BucketUser implements AutoCloseable {
    private final String store;
    private final URI endpoint;
    private final String region;
    private final AwsBasicCredentials credentials;
    private final S3Client s3;
    private final AtomicInteger buckets = new AtomicInteger();

    BucketUser(String store, URI endpoint, String region, String accessKeyId, String secretAccessKey) {
        this(store, endpoint, region, accessKeyId, secretAccessKey, true);
    }

    /** @param checksums whether bodies go in chunks with a checksum behind them, as the SDK sends them to S3 itself */
    BucketUser(
            String store, URI endpoint, String region, String accessKeyId, String secretAccessKey, boolean checksums) {
        this.store = store;
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = AwsBasicCredentials.create(accessKeyId, secretAccessKey);
        this.s3 = S3Client.builder()
                .requestChecksumCalculation(
                        checksums
                                ? RequestChecksumCalculation.WHEN_SUPPORTED
                                : RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(checksums))
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .forcePathStyle(true)
                .httpClientBuilder(Apache5HttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }

    Bucket newBucket(Versioning versioning) {
        var bucket = new Bucket(store, "contract-" + buckets.incrementAndGet());
        s3.createBucket(request -> request.bucket(bucket.name()));
        setVersioning(bucket, versioning);
        return bucket;
    }

    Bucket newLockableBucket() {
        var bucket = new Bucket(store, "contract-" + buckets.incrementAndGet());
        s3.createBucket(request -> request.bucket(bucket.name()).objectLockEnabledForBucket(true));
        return bucket;
    }

    void setDefaultRetention(Bucket bucket, int days) {
        s3.putObjectLockConfiguration(request -> request.bucket(bucket.name())
                .objectLockConfiguration(lock -> lock.objectLockEnabled(ObjectLockEnabled.ENABLED)
                        .rule(rule -> rule.defaultRetention(retention -> retention
                                .mode(ObjectLockRetentionMode.GOVERNANCE)
                                .days(days)))));
    }

    /** ACLs may be public as well: new buckets block that. */
    void setOwnership(Bucket bucket, String ownership) {
        s3.deletePublicAccessBlock(request -> request.bucket(bucket.name()));
        s3.putBucketOwnershipControls(request -> request.bucket(bucket.name())
                .ownershipControls(controls -> controls.rules(OwnershipControlsRule.builder()
                        .objectOwnership(ownership)
                        .build())));
        s3.deletePublicAccessBlock(request -> request.bucket(bucket.name()));
    }

    /** Stores a replication configuration as it is written. */
    void setReplication(Bucket bucket, String xml) {
        SignedPut.send(endpoint.resolve("/" + bucket.name() + "?replication="), region, credentials, xml);
    }

    VersionId putWithCustomerKey(ObjectKey object, byte[] body) {
        var key = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        return VersionId.of(s3.putObject(
                        request -> request.bucket(object.bucket().name())
                                .key(object.key())
                                .sseCustomerAlgorithm("AES256")
                                .sseCustomerKey(BinaryUtils.toBase64(key))
                                .sseCustomerKeyMD5(Md5Utils.md5AsBase64(key)),
                        RequestBody.fromBytes(body))
                .versionId());
    }

    Bucket noBucket() {
        return new Bucket(store, "no-such-bucket");
    }

    void setVersioning(Bucket bucket, Versioning versioning) {
        var status = switch (versioning) {
            case ENABLED -> BucketVersioningStatus.ENABLED;
            case SUSPENDED -> BucketVersioningStatus.SUSPENDED;
            case OFF -> null;
        };
        if (status != null) {
            s3.putBucketVersioning(request ->
                    request.bucket(bucket.name()).versioningConfiguration(versions -> versions.status(status)));
        }
    }

    void remove(ObjectVersion version) {
        s3.deleteObject(request -> request.bucket(version.object().bucket().name())
                .key(version.object().key())
                .versionId(version.id().value()));
    }

    void delete(ObjectKey object) {
        s3.deleteObject(request -> request.bucket(object.bucket().name()).key(object.key()));
    }

    String ownerId() {
        return s3.listBuckets().owner().id();
    }

    S3Client s3() {
        return s3;
    }

    @Override
    public void close() {
        s3.close();
    }
}
