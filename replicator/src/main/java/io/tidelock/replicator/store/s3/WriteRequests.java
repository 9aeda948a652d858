package io.tidelock.replicator.store.s3;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.domain.Checksum;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.Grant.Permission;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.utils.BinaryUtils;

/** A replica to be written, as the requests that write it. */
final class WriteRequests {
    private final Vendor vendor;
    private final CustomerKeys keys;
    private final Duration writeTimeout;

    /** @param writeTimeout how long a request may take in all that makes another version or marker current */
    WriteRequests(Vendor vendor, CustomerKeys keys, Duration writeTimeout) {
        this.writeTimeout = writeTimeout;
        this.keys = keys;
        this.vendor = vendor;
    }

    /** What there is no room for is left out, and put afterwards ({@link AfterWrite}). */
    PutObjectRequest put(ReplicaWrite write) {
        var grants = write.isFollowed() ? AclWrite.DEFAULT : write.acl();
        var request = PutObjectRequest.builder()
                .bucket(write.destination().bucket().name())
                .key(write.destination().key())
                .contentLength(write.sizeBytes())
                .metadata(write.userMetadata())
                .storageClass(write.storageClass())
                .acl(write.acl().canned())
                .grantFullControl(Acls.grantees(grants, Permission.FULL_CONTROL))
                .grantRead(Acls.grantees(grants, Permission.READ))
                .grantReadACP(Acls.grantees(grants, Permission.READ_ACP))
                .grantWriteACP(Acls.grantees(grants, Permission.WRITE_ACP));
        var content = write.content();
        request.contentType(content.contentType())
                .contentEncoding(content.contentEncoding())
                .contentDisposition(content.contentDisposition())
                .contentLanguage(content.contentLanguage())
                .cacheControl(content.cacheControl())
                .websiteRedirectLocation(content.websiteRedirectLocation());
        if (!write.tags().isEmpty() && !write.isFollowed()) {
            request.tagging(tagging(write.tags()));
        }
        request.serverSideEncryption(algorithm(write.encryption()))
                .ssekmsKeyId(keyId(write.encryption()))
                .ssekmsEncryptionContext(context(write.encryption()))
                .bucketKeyEnabled(bucketKey(write.encryption()));
        var key = keys.of("PutObject", write.encryption());
        if (key != null) {
            request.sseCustomerAlgorithm(CustomerKey.ALGORITHM)
                    .sseCustomerKey(key.base64())
                    .sseCustomerKeyMD5(key.md5());
        }
        if (!write.lock().isNone()) {
            request.objectLockMode(write.lock().mode())
                    .objectLockRetainUntilDate(write.lock().retainUntil())
                    .objectLockLegalHoldStatus(hold(write));
        }
        request.ifMatch(ifMatch(write)).ifNoneMatch(ifNoneMatch(write));
        var checksum = whole(write);
        if (checksum != null) {
            switch (checksum.algorithm()) {
                case "CRC32" -> request.checksumCRC32(checksum.base64());
                case "CRC32C" -> request.checksumCRC32C(checksum.base64());
                case "CRC64NVME" -> request.checksumCRC64NVME(checksum.base64());
                case "SHA1" -> request.checksumSHA1(checksum.base64());
                case "SHA256" -> request.checksumSHA256(checksum.base64());
                default -> {}
            }
        }
        return request.overrideConfiguration(overrides(write)).build();
    }

    /** S3 knows {@code If-Match} there and no {@code If-None-Match} (user guide: conditional deletes). */
    DeleteObjectRequest deletion(ObjectKey object, Precondition precondition) {
        var eTag =
                precondition instanceof Precondition.StillETag(var seen) && vendor.conditionalDeletes() ? seen : null;
        return DeleteObjectRequest.builder()
                .bucket(object.bucket().name())
                .key(object.key())
                .ifMatch(eTag)
                .overrideConfiguration(override -> override.apiCallTimeout(writeTimeout))
                .build();
    }

    CreateMultipartUploadRequest start(ReplicaWrite write) {
        var request = likePut(write, CreateMultipartUploadRequest.builder());
        var checksum = wholeOfParts(write);
        if (checksum != null) {
            request.checksumAlgorithm(checksum.algorithm()).checksumType(ChecksumType.FULL_OBJECT);
        } else if (composite(write) != null) {
            request.checksumAlgorithm(partAlgorithm(write));
        }
        return request.overrideConfiguration(overrides(write)).build();
    }

    /** A copy under SSE-C keeps its key: one key opens both ends. */
    CopyObjectRequest copy(ObjectVersion source, @Nullable String ifMatch, ReplicaWrite write) {
        var key = keys.of("CopyObject", write.encryption());
        return likePut(write, CopyObjectRequest.builder())
                .copySourceSSECustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .copySourceSSECustomerKey(key == null ? null : key.base64())
                .copySourceSSECustomerKeyMD5(key == null ? null : key.md5())
                .sourceBucket(source.object().bucket().name())
                .sourceKey(source.object().key())
                .sourceVersionId(source.id().value())
                .copySourceIfMatch(ifMatch == null ? null : quoted(ifMatch))
                .destinationBucket(write.destination().bucket().name())
                .destinationKey(write.destination().key())
                .metadataDirective(MetadataDirective.REPLACE)
                .taggingDirective(TaggingDirective.REPLACE)
                .tagging(tagging(write.isFollowed() ? Map.of() : write.tags()))
                .overrideConfiguration(overrides(write))
                .build();
    }

    /** Sets whatever a request has in common with the PUT of the same replica; the SDK gives them no common type. */
    private <T extends SdkPojo> T likePut(ReplicaWrite write, T request) {
        var put = put(write);
        var fields = put.sdkFieldNameToField();
        for (var field : request.sdkFields()) {
            var same = fields.get(field.locationName());
            if (same != null) {
                field.set(request, same.getValueOrDefault(put));
            }
        }
        return request;
    }

    /** Whether the SDK can hash the parts of an upload in the algorithm of the whole: it has no CRC64NVME of its own. */
    boolean sdkHashes(ReplicaWrite write) {
        var checksum = wholeOfParts(write);
        return checksum == null || !checksum.algorithm().equals("CRC64NVME");
    }

    /** Parts carry a checksum wherever the SDK can hash them: S3 refuses parts of a version that will be retained that have none. */
    UploadPartRequest part(Multipart.Upload upload, int number, long lengthBytes) {
        var key = keys.of("UploadPart", upload.write().encryption());
        return UploadPartRequest.builder()
                .checksumAlgorithm(hash(upload.write()))
                .sseCustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .sseCustomerKey(key == null ? null : key.base64())
                .sseCustomerKeyMD5(key == null ? null : key.md5())
                .bucket(upload.write().destination().bucket().name())
                .key(upload.write().destination().key())
                .uploadId(upload.uploadId())
                .partNumber(number)
                .contentLength(lengthBytes)
                .build();
    }

    /** What the SDK is to hash parts in; null for its own choice, CRC32, or where it cannot. */
    private @Nullable String hash(ReplicaWrite write) {
        var checksum = wholeOfParts(write);
        if (checksum != null) {
            return sdkHashes(write) ? checksum.algorithm() : null;
        }
        return composite(write) == null ? null : partAlgorithm(write);
    }

    UploadPartCopyRequest partCopy(
            Multipart.Upload upload, int number, ObjectVersion source, @Nullable String ifMatch, ByteRange range) {
        var key = keys.of("UploadPartCopy", upload.write().encryption());
        return UploadPartCopyRequest.builder()
                .sourceBucket(source.object().bucket().name())
                .sourceKey(source.object().key())
                .sourceVersionId(source.id().value())
                .copySourceIfMatch(ifMatch == null ? null : quoted(ifMatch))
                .copySourceRange(S3Reads.rangeHeader(range))
                .destinationBucket(upload.write().destination().bucket().name())
                .destinationKey(upload.write().destination().key())
                .uploadId(upload.uploadId())
                .partNumber(number)
                .sseCustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .sseCustomerKey(key == null ? null : key.base64())
                .sseCustomerKeyMD5(key == null ? null : key.md5())
                .copySourceSSECustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .copySourceSSECustomerKey(key == null ? null : key.base64())
                .copySourceSSECustomerKeyMD5(key == null ? null : key.md5())
                .build();
    }

    ListPartsRequest parts(Multipart.Upload upload) {
        var key = keys.of("ListParts", upload.write().encryption());
        return ListPartsRequest.builder()
                .bucket(upload.write().destination().bucket().name())
                .key(upload.write().destination().key())
                .uploadId(upload.uploadId())
                .sseCustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .sseCustomerKey(key == null ? null : key.base64())
                .sseCustomerKeyMD5(key == null ? null : key.md5())
                .build();
    }

    CompleteMultipartUploadRequest complete(Multipart.Upload upload, List<Multipart.Part> parts) {
        var write = upload.write();
        var key = keys.of("CompleteMultipartUpload", write.encryption());
        var checksum = wholeOfParts(write);
        var listed = parts.stream()
                .map(part -> completed(part, checksum == null ? partAlgorithm(write) : null))
                .toList();
        var request = CompleteMultipartUploadRequest.builder()
                .overrideConfiguration(override -> override.apiCallTimeout(writeTimeout))
                .bucket(write.destination().bucket().name())
                .key(write.destination().key())
                .uploadId(upload.uploadId())
                .multipartUpload(
                        CompletedMultipartUpload.builder().parts(listed).build())
                .sseCustomerAlgorithm(key == null ? null : CustomerKey.ALGORITHM)
                .sseCustomerKey(key == null ? null : key.base64())
                .sseCustomerKeyMD5(key == null ? null : key.md5())
                .ifMatch(ifMatch(write))
                .ifNoneMatch(ifNoneMatch(write));
        if (checksum != null) {
            request.checksumType(ChecksumType.FULL_OBJECT);
            switch (checksum.algorithm()) {
                case "CRC32" -> request.checksumCRC32(checksum.base64());
                case "CRC32C" -> request.checksumCRC32C(checksum.base64());
                default -> request.checksumCRC64NVME(checksum.base64());
            }
        }
        return request.build();
    }

    /** @param algorithm of the checksum that the part is told with, or null where a checksum of the whole is expected */
    private static CompletedPart completed(Multipart.Part part, @Nullable String algorithm) {
        var completed = CompletedPart.builder().partNumber(part.number()).eTag(quoted(part.eTag()));
        if (algorithm != null && !part.checksumBase64().isEmpty()) {
            PartChecksums.set(algorithm, part.checksumBase64(), completed);
        }
        return completed.build();
    }

    /** The checksum that one request can be held to, or null. */
    private @Nullable Checksum whole(ReplicaWrite write) {
        var checksum = write.checksum();
        return checksum == null || checksum.composite() || !vendor.checksums() ? null : checksum;
    }

    /** The checksum of part checksums that an upload can come to have, where its parts are those of the source; or null. */
    private @Nullable Checksum composite(ReplicaWrite write) {
        var checksum = write.checksum();
        return checksum != null && checksum.composite() && vendor.checksums() ? checksum : null;
    }

    /** What the parts of an upload are hashed in: CRC32, as the SDK does by itself, but for a composite checksum of another kind. */
    String partAlgorithm(ReplicaWrite write) {
        var composite = composite(write);
        return composite == null ? "CRC32" : composite.algorithm();
    }

    /** The checksum that the sum of all parts is held to, or null. */
    @Nullable
    Checksum wholeOfParts(ReplicaWrite write) {
        return vendor.checksums() ? write.checksumOfParts() : null;
    }

    static Tagging tagging(Map<String, String> tags) {
        return Tagging.builder()
                .tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** {@code Expires} is a raw header: S3 keeps any text, and the SDK's own setter takes nothing but a date. */
    private AwsRequestOverrideConfiguration overrides(ReplicaWrite write) {
        var expires = write.content().expires();
        var overrides = AwsRequestOverrideConfiguration.builder().apiCallTimeout(writeTimeout);
        return (expires == null ? overrides : overrides.putHeader("Expires", expires)).build();
    }

    private static @Nullable String algorithm(Encryption encryption) {
        return switch (encryption) {
            case Encryption.SseS3 _ -> "AES256";
            case Encryption.SseKms kms -> kms.dualLayer() ? "aws:kms:dsse" : "aws:kms";
            case Encryption.None _, Encryption.SseC _ -> null;
        };
    }

    private static @Nullable String keyId(Encryption encryption) {
        return encryption instanceof Encryption.SseKms kms ? kms.keyArn() : null;
    }

    /** A JSON object of texts, in base64 (API: PutObject, x-amz-server-side-encryption-context). */
    private static @Nullable String context(Encryption encryption) {
        if (!(encryption instanceof Encryption.SseKms kms) || kms.context().isEmpty()) {
            return null;
        }
        var pairs = JsonNodeFactory.instance.objectNode();
        kms.context().forEach(pairs::put);
        return BinaryUtils.toBase64(pairs.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Boolean bucketKey(Encryption encryption) {
        return (encryption instanceof Encryption.SseKms kms && kms.bucketKey()) ? Boolean.TRUE : null;
    }

    private static @Nullable ObjectLockLegalHoldStatus hold(ReplicaWrite write) {
        return write.lock().legalHold() ? ObjectLockLegalHoldStatus.ON : null;
    }

    private @Nullable String ifMatch(ReplicaWrite write) {
        return vendor.conditionalWrites() && write.precondition() instanceof Precondition.StillETag(var eTag)
                ? quoted(eTag)
                : null;
    }

    private @Nullable String ifNoneMatch(ReplicaWrite write) {
        return vendor.conditionalWrites() && write.precondition() instanceof Precondition.Nothing ? "*" : null;
    }

    static String quoted(String eTag) {
        return '"' + eTag + '"';
    }
}
