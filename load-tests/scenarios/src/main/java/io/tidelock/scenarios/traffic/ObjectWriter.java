package io.tidelock.scenarios.traffic;

import io.tidelock.scenarios.traffic.Step.Attributes;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Writes one object at a time, large ones in parts, without ever holding one whole. */
public final class ObjectWriter {
    /** The smallest part that S3 takes, so that objects of moderate size are written in parts already. */
    static final long PART_BYTES = 5 * 1024 * 1024;

    private static final long MULTIPART_FROM_BYTES = PART_BYTES + 1;

    private final S3Client client;
    private final String bucket;
    private final String kmsKeyArn;

    public ObjectWriter(S3Client client, String bucket, String kmsKeyArn) {
        this.client = client;
        this.bucket = bucket;
        this.kmsKeyArn = kmsKeyArn;
    }

    /** Writes a version and returns its id. */
    public String put(String key, Content content, Attributes attributes) {
        return content.sizeBytes() < MULTIPART_FROM_BYTES
                ? client.putObject(putRequest(key, attributes), body(content)).versionId()
                : putInParts(key, content, attributes);
    }

    /** Copies a current version with all it has and returns the id of the new one. */
    public String copy(String from, String key) {
        return client.copyObject(request -> request.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(key))
                .versionId();
    }

    /** Puts a delete marker on top and returns its id. */
    public String delete(String key) {
        return client.deleteObject(request -> request.bucket(bucket).key(key)).versionId();
    }

    /** Opens the bytes that {@link #put} writes of a content: each part of a large one is seeded by itself. */
    static InputStream open(Content content) {
        return content.sizeBytes() < MULTIPART_FROM_BYTES
                ? content.open()
                : new SequenceInputStream(Collections.enumeration(
                        parts(content).stream().map(Content::open).toList()));
    }

    private static List<Content> parts(Content content) {
        var parts = new ArrayList<Content>();
        for (long offset = 0; offset < content.sizeBytes(); offset += PART_BYTES) {
            // Each part is its own seeded content, so that it can be opened again where the SDK tries again.
            var sizeBytes = Math.min(PART_BYTES, content.sizeBytes() - offset);
            parts.add(new Content(sizeBytes, content.seed() + parts.size() + 1));
        }
        return parts;
    }

    private String putInParts(String key, Content content, Attributes attributes) {
        var upload = client.createMultipartUpload(inParts(putRequest(key, attributes)))
                .uploadId();
        var completed = new ArrayList<CompletedPart>();
        for (var part : parts(content)) {
            var number = completed.size() + 1;
            var answer = client.uploadPart(
                    request -> request.bucket(bucket).key(key).uploadId(upload).partNumber(number), body(part));
            completed.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(answer.eTag())
                    .build());
        }
        return client.completeMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(whole -> whole.parts(completed)))
                .versionId();
    }

    private PutObjectRequest putRequest(String key, Attributes attributes) {
        var headers = attributes.headers();
        var request = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .metadata(attributes.metadata())
                .cacheControl(headers.get("cache-control"))
                .contentDisposition(headers.get("content-disposition"))
                .contentEncoding(headers.get("content-encoding"))
                .contentLanguage(headers.get("content-language"))
                .contentType(headers.get("content-type"))
                .websiteRedirectLocation(headers.get("x-amz-website-redirect-location"))
                .storageClass(attributes.storageClass().orElse(null))
                .serverSideEncryption(algorithm(attributes))
                .ssekmsKeyId(keyId(attributes));
        if (!attributes.tags().isEmpty()) {
            request.tagging(tagging(attributes.tags()));
        }
        if (headers.containsKey("expires")) {
            request.expires(ZonedDateTime.parse(headers.get("expires"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        }
        return request.build();
    }

    /** The same wishes for an upload in parts: every field of a put that such an upload has as well. */
    private static CreateMultipartUploadRequest inParts(PutObjectRequest put) {
        var create = CreateMultipartUploadRequest.builder();
        var fieldsOfPut = put.sdkFields().stream().collect(Collectors.toMap(SdkField::memberName, field -> field));
        for (var field : create.sdkFields()) {
            var same = fieldsOfPut.get(field.memberName());
            if (same != null) {
                field.set(create, same.getValueOrDefault(put));
            }
        }
        return create.build();
    }

    private static @Nullable String algorithm(Attributes attributes) {
        return switch (attributes.encryption()) {
            case NOTHING -> null;
            case SSE_S3 -> "AES256";
            case SSE_KMS -> "aws:kms";
        };
    }

    private @Nullable String keyId(Attributes attributes) {
        return switch (attributes.encryption()) {
            case NOTHING, SSE_S3 -> null;
            case SSE_KMS -> kmsKeyArn;
        };
    }

    private static Tagging tagging(Map<String, String> tags) {
        return Tagging.builder()
                .tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static RequestBody body(Content content) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(content::open),
                content.sizeBytes(),
                "application/octet-stream");
    }
}
