package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Capabilities;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectAcl;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.OpenObject;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import io.tidelock.replicator.store.Written;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/**
 * A store that speaks S3, through the AWS SDK's synchronous client. One instance has one client and one pool of
 * connections; it is thread-safe and meant for virtual threads.
 */
public final class S3ObjectStore implements ObjectStore {
    private final S3Clients clients;
    private final S3Client s3;
    private final Vendor vendor;
    private final int connectionsMax;
    private final Duration writeTimeout;
    private final WriteRequests writes;
    private final S3Reads reads;

    /** Opens a store; no request is sent yet. */
    public S3ObjectStore(S3Settings settings) {
        this(settings, new S3Clients(settings));
    }

    /**
     * Opens a store; no request is sent yet.
     *
     * @param budget what the store may cost, shared with all else in this process that asks it
     */
    public S3ObjectStore(S3Settings settings, Budget budget) {
        this(settings, new S3Clients(settings, budget));
    }

    private S3ObjectStore(S3Settings settings, S3Clients clients) {
        this.clients = clients;
        s3 = clients.s3();
        vendor = settings.vendor();
        connectionsMax = settings.connectionsMax();
        writeTimeout = settings.writeTimeout();
        var keys = new CustomerKeys(settings.customerKeys());
        writes = new WriteRequests(vendor, keys, settings.writeTimeout());
        reads = new S3Reads(s3, vendor, keys);
    }

    @Override
    public Capabilities capabilities() {
        return vendor.capabilities();
    }

    @Override
    public int connectionsMax() {
        return connectionsMax;
    }

    @Override
    public Duration writeTimeout() {
        return writeTimeout;
    }

    @Override
    public List<Multipart.Kept> partsOf(ObjectVersion version, String algorithm) {
        return vendor.checksums() ? reads.partsOf(version, algorithm) : List.of();
    }

    @Override
    public Optional<Multipart.Told> partOf(ObjectVersion version, int number) {
        return reads.partOf(version, number);
    }

    @Override
    public HeadAnswer head(ObjectKey object) {
        return reads.head(object, null);
    }

    @Override
    public HeadAnswer head(ObjectVersion version) {
        return reads.head(version.object(), version.id());
    }

    @Override
    public VersionStack stack(ObjectKey object) {
        return reads.stack(object);
    }

    @Override
    public OpenObject open(ObjectVersion version, @Nullable ByteRange range, @Nullable String ifMatch) {
        return reads.open(version, range, ifMatch);
    }

    @Override
    public Map<String, String> tags(ObjectVersion version) {
        return call("GetObjectTagging", () -> {
            var tags = new HashMap<String, String>();
            s3.getObjectTagging(request -> request.bucket(bucketOf(version))
                            .key(version.object().key())
                            .versionId(version.id().value()))
                    .tagSet()
                    .forEach(tag -> tags.put(tag.key(), tag.value()));
            return tags;
        });
    }

    @Override
    public void requireLockReadable(ObjectVersion version) {
        reads.requireLockReadable(version);
    }

    @Override
    public ObjectAcl acl(ObjectVersion version) {
        return call(
                "GetObjectAcl",
                () -> Acls.read(s3.getObjectAcl(request -> request.bucket(bucketOf(version))
                        .key(version.object().key())
                        .versionId(version.id().value()))));
    }

    @Override
    public Written put(ReplicaWrite write, InputStream body) {
        var sent = new SentBody(body, write.sizeBytes());
        var written = sending("PutObject", sent, () -> {
            var answer = s3.putObject(writes.put(write), sent.asRequest());
            return new Written(
                    VersionId.of(answer.versionId()),
                    Heads.unquoted(answer.eTag()),
                    Heads.encryption(
                            answer.serverSideEncryptionAsString(), answer.ssekmsKeyId(), answer.bucketKeyEnabled()));
        });
        new AfterWrite(this, write, written).put();
        return written;
    }

    @Override
    public Written copy(ObjectVersion source, @Nullable String ifMatch, ReplicaWrite write) {
        requireCopiesWhole("CopyObject");
        var written = call("CopyObject", () -> {
            var answer = s3.copyObject(writes.copy(source, ifMatch, write));
            var result = answer.copyObjectResult();
            return named(
                    write.destination(),
                    answer.versionId(),
                    result == null ? null : result.eTag(),
                    Heads.encryption(
                            answer.serverSideEncryptionAsString(), answer.ssekmsKeyId(), answer.bucketKeyEnabled()));
        });
        new AfterWrite(this, write, written).put();
        return written;
    }

    private void requireCopiesWhole(String operation) {
        if (!vendor.copiesWhole()) {
            throw new StoreException(
                    StoreFailure.UNSUPPORTED, operation, "what this store copies is not what it is asked for", null);
        }
    }

    @Override
    public Multipart.Upload startUpload(ReplicaWrite write) {
        return call(
                "CreateMultipartUpload",
                () -> new Multipart.Upload(
                        write, s3.createMultipartUpload(writes.start(write)).uploadId()));
    }

    @Override
    public Multipart.Part uploadPart(Multipart.Upload upload, int number, InputStream body, long lengthBytes) {
        var sent = new SentBody(body, lengthBytes);
        var client = writes.sdkHashes(upload.write()) ? s3 : clients.withoutChecksums();
        return sending("UploadPart", sent, () -> {
            var answer = client.uploadPart(writes.part(upload, number, lengthBytes), sent.asRequest());
            return new Multipart.Part(
                    number,
                    Heads.unquoted(answer.eTag()),
                    PartChecksums.of(writes.partAlgorithm(upload.write()), answer));
        });
    }

    @Override
    public Multipart.Part copyPart(
            Multipart.Upload upload, int number, ObjectVersion source, @Nullable String ifMatch, ByteRange range) {
        requireCopiesWhole("UploadPartCopy");
        return call("UploadPartCopy", () -> {
            var result = s3.uploadPartCopy(writes.partCopy(upload, number, source, ifMatch, range))
                    .copyPartResult();
            return new Multipart.Part(
                    number,
                    Heads.unquoted(result.eTag()),
                    PartChecksums.of(writes.partAlgorithm(upload.write()), result));
        });
    }

    @Override
    public Written completeUpload(Multipart.Upload upload, List<Multipart.Part> parts) {
        var written = call("CompleteMultipartUpload", () -> {
            var answer = s3.completeMultipartUpload(writes.complete(upload, parts));
            return named(
                    upload.write().destination(),
                    answer.versionId(),
                    answer.eTag(),
                    Heads.encryption(
                            answer.serverSideEncryptionAsString(), answer.ssekmsKeyId(), answer.bucketKeyEnabled()));
        });
        new AfterWrite(this, upload.write(), written).completed(vendor.keepsAllOfUploads());
        return written;
    }

    /** Some stores do not say what they wrote: then it is what stands on top now. */
    private Written named(ObjectKey object, @Nullable String versionId, @Nullable String eTag, Encryption encryption) {
        if (eTag != null && !eTag.isEmpty() && (versionId != null || vendor.tellsVersions())) {
            return new Written(VersionId.of(versionId), Heads.unquoted(eTag), encryption);
        }
        return switch (head(object)) {
            case HeadAnswer.Present(var head) -> new Written(head.version().id(), head.eTag(), head.encryption());
            case HeadAnswer.DeleteMarker _, HeadAnswer.Missing _ ->
                throw new StoreException(
                        StoreFailure.UNAVAILABLE, "HeadObject", "the version just written is not on top", null);
        };
    }

    @Override
    public List<Multipart.Kept> parts(Multipart.Upload upload) {
        return UploadListings.parts(s3, writes.parts(upload), writes.partAlgorithm(upload.write()));
    }

    @Override
    public void uploads(Bucket bucket, Consumer<Multipart.Open> each) {
        UploadListings.uploads(s3, vendor, bucket, each);
    }

    @Override
    public void abortUpload(ObjectKey object, String uploadId) {
        call(
                "AbortMultipartUpload",
                () -> s3.abortMultipartUpload(request ->
                        request.bucket(object.bucket().name()).key(object.key()).uploadId(uploadId)));
    }

    @Override
    public VersionId putDeleteMarker(ObjectKey object, Precondition precondition) {
        return call(
                "DeleteObject",
                () -> VersionId.of(
                        s3.deleteObject(writes.deletion(object, precondition)).versionId()));
    }

    @Override
    public void putTags(ObjectVersion version, Map<String, String> tags) {
        call(
                "PutObjectTagging",
                () -> s3.putObjectTagging(request -> request.bucket(bucketOf(version))
                        .key(version.object().key())
                        .versionId(version.id().value())
                        .tagging(WriteRequests.tagging(tags))));
    }

    @Override
    public void putAcl(ObjectVersion version, AclWrite acl) {
        var request = acl.fitsHeaders() ? Acls.inHeaders(version, acl) : Acls.inBody(version, owner(version), acl);
        call("PutObjectAcl", () -> s3.putObjectAcl(request));
    }

    @Override
    public void putRetention(ObjectVersion version, String mode, Instant until) {
        call(
                "PutObjectRetention",
                () -> s3.putObjectRetention(request -> request.bucket(bucketOf(version))
                        .key(version.object().key())
                        .versionId(version.id().value())
                        .retention(retention -> retention.mode(mode).retainUntilDate(until))));
    }

    @Override
    public void hardenRetention(ObjectVersion version, Instant until) {
        call(
                "PutObjectRetention",
                () -> s3.putObjectRetention(request -> request.bucket(bucketOf(version))
                        .key(version.object().key())
                        .versionId(version.id().value())
                        .bypassGovernanceRetention(true)
                        .retention(retention -> retention.mode("COMPLIANCE").retainUntilDate(until))));
    }

    @Override
    public void putLegalHold(ObjectVersion version) {
        call(
                "PutObjectLegalHold",
                () -> s3.putObjectLegalHold(request -> request.bucket(bucketOf(version))
                        .key(version.object().key())
                        .versionId(version.id().value())
                        .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON))));
    }

    @Override
    public Optional<String> replicationConfiguration(Bucket bucket) {
        return reads.replicationConfiguration(bucket);
    }

    @Override
    public BucketFacts inspect(Bucket bucket) {
        return reads.inspect(bucket);
    }

    @Override
    public void close() {
        clients.close();
    }

    private static String bucketOf(ObjectVersion version) {
        return version.object().bucket().name();
    }

    static <T> T call(String operation, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Failures.of(operation, e);
        }
    }

    private static <T> T sending(String operation, SentBody body, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw body.failure().orElseGet(() -> S3Failures.of(operation, e));
        }
    }
}
