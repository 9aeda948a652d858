package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Response;

/** What the answer to a HEAD or GET says about a version. Both have the same fields and no common type. */
final class Heads {
    private static final String[] ALGORITHMS = {"CRC64NVME", "CRC32", "CRC32C", "SHA1", "SHA256"};

    private final S3Response answer;

    private Heads(S3Response answer) {
        this.answer = answer;
    }

    static ObjectHead of(ObjectKey object, S3Response answer) {
        return new Heads(answer).head(object);
    }

    private ObjectHead head(ObjectKey object) {
        var storageClass = text("StorageClass");
        var tags = number("TagCount");
        return new ObjectHead(
                new ObjectVersion(object, VersionId.of(text("VersionId"))),
                sizeBytes(),
                unquoted(text("ETag")),
                answer.getValueForField("LastModified", Instant.class).orElse(Instant.EPOCH),
                content(),
                metadata(),
                tags == null ? 0 : tags,
                storageClass == null ? "STANDARD" : storageClass,
                encryption(),
                checksum(),
                text("ReplicationStatus"),
                number("PartsCount"),
                restored(),
                lock());
    }

    private long sizeBytes() {
        var range = text("ContentRange");
        if (range != null) {
            return Long.parseLong(range.substring(range.indexOf('/') + 1));
        }
        return answer.getValueForField("ContentLength", Long.class).orElse(0L);
    }

    private ContentHeaders content() {
        return new ContentHeaders(
                text("ContentType"),
                text("ContentEncoding"),
                text("ContentDisposition"),
                text("ContentLanguage"),
                text("CacheControl"),
                text("ExpiresString"),
                text("WebsiteRedirectLocation"));
    }

    @SuppressWarnings("unchecked") // the field's only type
    private Map<String, String> metadata() {
        return answer.getValueForField("Metadata", Map.class).orElse(Map.of());
    }

    private Encryption encryption() {
        if (text("SSECustomerAlgorithm") != null) {
            return new Encryption.SseC(text("SSECustomerKeyMD5"));
        }
        return encryption(
                text("ServerSideEncryption"),
                text("SSEKMSKeyId"),
                answer.getValueForField("BucketKeyEnabled", Boolean.class).orElse(null));
    }

    static Encryption encryption(@Nullable String algorithm, @Nullable String keyArn, @Nullable Boolean bucketKey) {
        if (algorithm == null) {
            return new Encryption.None();
        }
        return switch (algorithm) {
            case "aws:kms" -> new Encryption.SseKms(keyArn, false, Boolean.TRUE.equals(bucketKey));
            case "aws:kms:dsse" -> new Encryption.SseKms(keyArn, true, Boolean.TRUE.equals(bucketKey));
            default -> new Encryption.SseS3();
        };
    }

    private @Nullable Checksum checksum() {
        for (var algorithm : ALGORITHMS) {
            var value = text("Checksum" + algorithm);
            if (value != null) {
                var type = text("ChecksumType");
                var composite = type == null ? value.indexOf('-') >= 0 : type.equals("COMPOSITE");
                return new Checksum(algorithm, value, composite);
            }
        }
        return null;
    }

    private boolean restored() {
        var restore = text("Restore");
        return restore != null && restore.contains("ongoing-request=\"false\"");
    }

    private ObjectLock lock() {
        var mode = text("ObjectLockMode");
        var hold = "ON".equals(text("ObjectLockLegalHoldStatus"));
        if (mode == null && !hold) {
            return ObjectLock.NONE;
        }
        return new ObjectLock(
                mode,
                answer.getValueForField("ObjectLockRetainUntilDate", Instant.class)
                        .orElse(null),
                hold);
    }

    static String unquoted(@Nullable String eTag) {
        if (eTag == null) {
            return "";
        }
        return eTag.length() >= 2 && eTag.startsWith("\"") && eTag.endsWith("\"")
                ? eTag.substring(1, eTag.length() - 1)
                : eTag;
    }

    private @Nullable String text(String field) {
        return answer.getValueForField(field, Object.class)
                .map(Object::toString)
                .orElse(null);
    }

    private @Nullable Integer number(String field) {
        return answer.getValueForField(field, Integer.class).orElse(null);
    }
}
