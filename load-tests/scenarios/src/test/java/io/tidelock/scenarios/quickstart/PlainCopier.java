package io.tidelock.scenarios.quickstart;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReadVersion;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.sts.StsClient;

/** Copies all versions and markers from Paris to Frankfurt once, one after the other, through the SDK: the least that could be called replication. */
final class PlainCopier {
    private final S3Client source;
    private final S3Client replica;

    PlainCopier(Sandbox sandbox, S3Client source) {
        this.source = source;
        this.replica = writer(sandbox);
    }

    void copy() throws InterruptedException {
        for (var stack :
                new BucketReader(source, TwoRegions.SOURCE_BUCKET).read().values()) {
            for (var version : stack) {
                if (version.marker()) {
                    replica.deleteObject(
                            r -> r.bucket(TwoRegions.DESTINATION_BUCKET).key(version.key()));
                } else {
                    copy(version);
                }
            }
        }
    }

    private void copy(ReadVersion version) {
        var bytes = source.getObjectAsBytes(
                r -> r.bucket(TwoRegions.SOURCE_BUCKET).key(version.key()).versionId(version.versionId()));
        var metadata = new HashMap<>(version.metadata());
        metadata.put("tidelock-origin", "mark");
        var headers = version.headers();
        var tags = version.tags().entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        var kms = version.encryption().startsWith("aws:kms");
        replica.putObject(
                r -> r.bucket(TwoRegions.DESTINATION_BUCKET)
                        .key(version.key())
                        .metadata(metadata)
                        .cacheControl(headers.get("cache-control"))
                        .contentDisposition(headers.get("content-disposition"))
                        .contentEncoding(headers.get("content-encoding"))
                        .contentLanguage(headers.get("content-language"))
                        .contentType(headers.get("content-type"))
                        .expires(expires(bytes.response().expiresString()))
                        .websiteRedirectLocation(headers.get("x-amz-website-redirect-location"))
                        .storageClass(version.storageClass())
                        .tagging(Tagging.builder().tagSet(tags).build())
                        .serverSideEncryption(kms ? "aws:kms" : "AES256")
                        .ssekmsKeyId(kms ? TwoRegions.DESTINATION_KEY_ARN : null),
                RequestBody.fromBytes(bytes.asByteArrayUnsafe()));
    }

    private static @Nullable Instant expires(@Nullable String text) {
        return text == null ? null : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }

    private static S3Client writer(Sandbox sandbox) {
        var region = sandbox.region(TwoRegions.FRANKFURT);
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        try (var sts = StsClient.builder()
                .endpointOverride(region.endpoint())
                .region(Region.of(region.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build()) {
            var session = sts.assumeRole(r -> r.roleArn(TwoRegions.WRITER_ROLE_ARN)
                            .externalId(TwoRegions.EXTERNAL_ID)
                            .roleSessionName("copier"))
                    .credentials();
            return S3Client.builder()
                    .endpointOverride(region.endpoint())
                    .region(Region.of(region.region()))
                    .forcePathStyle(true)
                    .credentialsProvider(StaticCredentialsProvider.create(AwsSessionCredentials.create(
                            session.accessKeyId(), session.secretAccessKey(), session.sessionToken())))
                    .build();
        }
    }
}
