package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.store.BucketFacts;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.OpenObject;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;

/** What an S3 store is asked without changing anything. */
final class S3Reads {
    private static final String MARKER_HEADER = "x-amz-delete-marker";
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final S3Client s3;
    private final Vendor vendor;
    private final CustomerKeys keys;
    private final VersionListing listing;
    /** Buckets whose checksums these credentials may not see; as many as are configured. */
    private final Set<Bucket> checksumsDenied = ConcurrentHashMap.newKeySet();

    S3Reads(S3Client s3, Vendor vendor, CustomerKeys keys) {
        this.keys = keys;
        this.s3 = s3;
        this.vendor = vendor;
        this.listing = new VersionListing(s3, vendor);
    }

    HeadAnswer head(ObjectKey object, @Nullable VersionId id) {
        return keys.trying(key -> head(object, id, key));
    }

    private HeadAnswer head(ObjectKey object, @Nullable VersionId id, @Nullable CustomerKey key) {
        try {
            return new HeadAnswer.Present(Heads.of(object, headObject(object, id, key)));
        } catch (AwsServiceException e) {
            return refusedHead(object, id, key, e);
        } catch (SdkException e) {
            throw S3Failures.of("HeadObject", e);
        }
    }

    /**
     * Asks for the checksum too, which needs {@code kms:Decrypt} where SSE-KMS is used; a role that may only encrypt gets
     * the head without it.
     */
    private HeadObjectResponse headObject(ObjectKey object, @Nullable VersionId id, @Nullable CustomerKey key) {
        if (!vendor.checksums() || checksumsDenied.contains(object.bucket())) {
            return s3.headObject(headRequest(object, id, key, null));
        }
        try {
            return s3.headObject(headRequest(object, id, key, ChecksumMode.ENABLED));
        } catch (AwsServiceException e) {
            if (e.statusCode() != 403) {
                throw e;
            }
            var answer = s3.headObject(headRequest(object, id, key, null));
            checksumsDenied.add(object.bucket());
            return answer;
        }
    }

    private static HeadObjectRequest headRequest(
            ObjectKey object, @Nullable VersionId id, @Nullable CustomerKey key, @Nullable ChecksumMode checksumMode) {
        return HeadObjectRequest.builder()
                .bucket(object.bucket().name())
                .key(object.key())
                .versionId(id == null ? null : id.value())
                .checksumMode(checksumMode)
                .sseCustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .sseCustomerKey(key == null ? null : key.base64())
                .sseCustomerKeyMD5(key == null ? null : key.md5())
                .build();
    }

    private HeadAnswer refusedHead(
            ObjectKey object, @Nullable VersionId id, @Nullable CustomerKey key, AwsServiceException refusal) {
        var status = refusal.statusCode();
        if (status == NOT_FOUND || status == METHOD_NOT_ALLOWED) {
            if ("true".equals(S3Failures.header(refusal, MARKER_HEADER))) {
                var told = S3Failures.header(refusal, "x-amz-version-id");
                return new HeadAnswer.DeleteMarker(told != null ? VersionId.of(told) : id);
            }
            if (!vendor.tellsVersions() || status == METHOD_NOT_ALLOWED) {
                return answerOfStack(object, id);
            }
            return new HeadAnswer.Missing();
        }
        if (status == BAD_REQUEST) {
            // A HEAD has no body to say why; the GET that would follow has. SSE-C answers so, and so do expired tokens.
            try (var open = open(object, id, null, null, key)) {
                return new HeadAnswer.Present(open.head());
            }
        }
        throw S3Failures.of("HeadObject", refusal);
    }

    private HeadAnswer answerOfStack(ObjectKey object, @Nullable VersionId id) {
        var stack = stack(object);
        var layer = id == null ? stack.current() : stack.find(id);
        return layer.filter(VersionStack.Marker.class::isInstance)
                .<HeadAnswer>map(marker -> new HeadAnswer.DeleteMarker(marker.id()))
                .orElseGet(HeadAnswer.Missing::new);
    }

    VersionStack stack(ObjectKey object) {
        return S3ObjectStore.call("ListObjectVersions", () -> listing.stack(object));
    }

    OpenObject open(ObjectVersion version, @Nullable ByteRange range, @Nullable String ifMatch) {
        return keys.trying(key -> open(version.object(), version.id(), range, ifMatch, key));
    }

    private OpenObject open(
            ObjectKey object,
            @Nullable VersionId id,
            @Nullable ByteRange range,
            @Nullable String ifMatch,
            @Nullable CustomerKey key) {
        var request = GetObjectRequest.builder()
                .bucket(object.bucket().name())
                .key(object.key())
                .versionId(id == null ? null : id.value())
                .range(range == null ? null : rangeHeader(range))
                .ifMatch(ifMatch == null ? null : WriteRequests.quoted(ifMatch))
                .checksumMode(vendor.checksums() ? ChecksumMode.ENABLED : null)
                .sseCustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .sseCustomerKey(key == null ? null : key.base64())
                .sseCustomerKeyMD5(key == null ? null : key.md5())
                .build();
        try {
            var wire = s3.getObject(request);
            var answer = wire.response();
            var lengthBytes = answer.contentLength() == null ? 0 : answer.contentLength();
            return new OpenObject(Heads.of(object, answer), new SourceBody(wire, lengthBytes), lengthBytes);
        } catch (AwsServiceException e) {
            if (e.statusCode() == METHOD_NOT_ALLOWED) {
                throw new StoreException(StoreFailure.NOT_FOUND, "GetObject", "a delete marker has no data", e);
            }
            throw S3Failures.of("GetObject", e);
        } catch (SdkException e) {
            throw S3Failures.of("GetObject", e);
        }
    }

    /** S3 tells the parts one by one only where they have checksums (API: GetObjectAttributes). Nobody depends on being told. */
    List<Multipart.Kept> partsOf(ObjectVersion version, String algorithm) {
        var all = new ArrayList<Multipart.Kept>();
        @Nullable Integer after = null;
        while (true) {
            var marker = after;
            try {
                var parts = s3.getObjectAttributes(request -> request.bucket(
                                        version.object().bucket().name())
                                .key(version.object().key())
                                .versionId(version.id().value())
                                .partNumberMarker(marker)
                                .objectAttributes(ObjectAttributes.OBJECT_PARTS))
                        .objectParts();
                if (parts == null || parts.parts().stream().anyMatch(part -> part.size() == null)) {
                    return List.of();
                }
                parts.parts()
                        .forEach(part -> all.add(new Multipart.Kept(
                                new Multipart.Part(part.partNumber(), "", PartChecksums.of(algorithm, part)),
                                part.size())));
                if (!Boolean.TRUE.equals(parts.isTruncated())) {
                    return all;
                }
                if (!UploadListings.goesOn(marker, parts.nextPartNumberMarker())) {
                    return List.of();
                }
                after = parts.nextPartNumberMarker();
            } catch (SdkException e) {
                var failure = S3Failures.of("GetObjectAttributes", e);
                if (failure.failure().retryable()) {
                    throw failure;
                }
                return List.of();
            }
        }
    }

    /** API: GetObjectRetention and GetObjectLegalHold say NoSuchObjectLockConfiguration where there is none. */
    void requireLockReadable(ObjectVersion version) {
        var bucket = version.object().bucket().name();
        var key = version.object().key();
        var id = version.id().value();
        unlessMissing(
                "GetObjectRetention",
                () -> s3.getObjectRetention(
                        request -> request.bucket(bucket).key(key).versionId(id)));
        unlessMissing(
                "GetObjectLegalHold",
                () -> s3.getObjectLegalHold(
                        request -> request.bucket(bucket).key(key).versionId(id)));
    }

    private static void unlessMissing(String operation, Runnable request) {
        try {
            request.run();
        } catch (SdkException e) {
            var failure = S3Failures.of(operation, e);
            if (failure.failure() != StoreFailure.NOT_FOUND) {
                throw failure;
            }
        }
    }

    /** A part is told of by its number (API: HeadObject, partNumber); who does not know that answers for the whole, without a count. */
    Optional<Multipart.Told> partOf(ObjectVersion version, int number) {
        try {
            var answer = s3.headObject(
                    request -> request.bucket(version.object().bucket().name())
                            .key(version.object().key())
                            .versionId(version.id().value())
                            .partNumber(number));
            return answer.partsCount() == null || answer.contentLength() == null
                    ? Optional.empty()
                    : Optional.of(new Multipart.Told(answer.contentLength(), answer.partsCount()));
        } catch (SdkException e) {
            var failure = S3Failures.of("HeadObject", e);
            if (failure.failure().retryable()) {
                throw failure;
            }
            return Optional.empty();
        }
    }

    static String rangeHeader(ByteRange range) {
        return "bytes=" + range.offset() + "-" + (range.offset() + range.lengthBytes() - 1);
    }

    /** The SDK has no raw answer to hand out, so the XML is what its connection received. */
    Optional<String> replicationConfiguration(Bucket bucket) {
        try {
            var answer = new RawAnswer();
            var parsed = s3.getBucketReplication(request -> request.bucket(bucket.name())
                    .overrideConfiguration(override -> override.putExecutionAttribute(RawAnswer.ATTRIBUTE, answer)));
            // Ceph answers with a configuration that has no rules where there is none.
            return parsed.replicationConfiguration() == null
                            || parsed.replicationConfiguration().rules().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new String(answer.xml(), StandardCharsets.UTF_8));
        } catch (AwsServiceException e) {
            if (S3Failures.code(e).equals("ReplicationConfigurationNotFoundError")) {
                return Optional.empty();
            }
            throw S3Failures.of("GetBucketReplication", e);
        } catch (SdkException e) {
            throw S3Failures.of("GetBucketReplication", e);
        }
    }

    BucketFacts inspect(Bucket bucket) {
        var versioning = S3ObjectStore.call(
                "GetBucketVersioning",
                () -> s3.getBucketVersioning(request -> request.bucket(bucket.name()))
                        .status());
        var lock = lock(bucket);
        return new BucketFacts(
                region(bucket),
                versioning == null
                        ? Versioning.OFF
                        : versioning == BucketVersioningStatus.ENABLED ? Versioning.ENABLED : Versioning.SUSPENDED,
                known(() -> ownership(bucket)).orElse(null),
                lock.on(),
                lock.hidden(),
                lock.byDefault());
    }

    private record Lock(boolean on, boolean hidden, boolean byDefault) {}

    private Lock lock(Bucket bucket) {
        try {
            var lock = s3.getObjectLockConfiguration(request -> request.bucket(bucket.name()))
                    .objectLockConfiguration();
            return lock == null
                    ? new Lock(false, false, false)
                    : new Lock(
                            lock.objectLockEnabled() == ObjectLockEnabled.ENABLED,
                            false,
                            lock.rule() != null && lock.rule().defaultRetention() != null);
        } catch (SdkException e) {
            return new Lock(false, unanswered(e) == StoreFailure.DENIED, false);
        }
    }

    /** A bucket that has no controls is one of those that S3 made before there were any: the writer owns. */
    private @Nullable String ownership(Bucket bucket) {
        try {
            return s3
                    .getBucketOwnershipControls(request -> request.bucket(bucket.name()))
                    .ownershipControls()
                    .rules()
                    .stream()
                    .findFirst()
                    .map(rule -> rule.objectOwnershipAsString())
                    .orElse(null);
        } catch (AwsServiceException e) {
            if (S3Failures.code(e).equals("OwnershipControlsNotFoundError")) {
                return "ObjectWriter";
            }
            throw e;
        }
    }

    private @Nullable String region(Bucket bucket) {
        return known(() ->
                        s3.headBucket(request -> request.bucket(bucket.name())).bucketRegion())
                .orElse(null);
    }

    /** What a store says that not every store says, and that not everybody may ask. */
    private static <T> Optional<T> known(Supplier<@Nullable T> request) {
        try {
            return Optional.ofNullable(request.get());
        } catch (SdkException e) {
            var _ = unanswered(e);
            return Optional.empty();
        }
    }

    /** Why a store does not say it, unless that may pass or has nothing to do with the question. */
    private static StoreFailure unanswered(SdkException e) {
        var failure = S3Failures.of("inspect", e);
        if (!(e instanceof AwsServiceException)
                || failure.failure().retryable()
                || failure.failure() == StoreFailure.CREDENTIALS) {
            throw failure;
        }
        return failure.failure();
    }
}
