package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import java.util.Map;

/** Tags of versions and of buckets (API: GetObjectTagging, PutObjectTagging, DeleteObjectTagging, GetBucketTagging and so on). */
final class TaggingOperations {
    private static final int DOCUMENT_BYTES_MAX = 256 * 1024;

    private final Bodies bodies;

    TaggingOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> get(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:GetObjectTagging");
        ObjectLookup.putVersionId(exchange, bucket, version);
        return exchange.xml(TagSets.document(version.attributes().tags()));
    }

    Future<Void> put(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:PutObjectTagging");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            bucket.setTags(version, TagSets.fromDocument(document, TagSets.OBJECT_TAGS_MAX), exchange.actor());
            ObjectLookup.putVersionId(exchange, bucket, version);
            return exchange.empty(200);
        });
    }

    Future<Void> delete(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:DeleteObjectTagging");
        bucket.setTags(version, Map.of(), exchange.actor());
        ObjectLookup.putVersionId(exchange, bucket, version);
        return exchange.empty(204);
    }

    Future<Void> getOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketTagging");
        var tags = bucket.settings().tags();
        if (tags.isEmpty()) {
            throw new Refusal(ErrorCode.NO_SUCH_TAG_SET).with("BucketName", bucket.name());
        }
        return exchange.xml(TagSets.document(tags));
    }

    Future<Void> putOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketTagging");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            bucket.settings().setTags(TagSets.fromDocument(document, TagSets.BUCKET_TAGS_MAX));
            return exchange.empty(204);
        });
    }

    Future<Void> deleteOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketTagging");
        bucket.settings().setTags(Map.of());
        return exchange.empty(204);
    }
}
