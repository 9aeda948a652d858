package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.EventName;
import io.tidelock.sandbox.model.NamedAcl;
import io.tidelock.sandbox.model.NewObject;
import io.vertx.core.Future;
import java.util.Optional;

/** PutObject (API: PutObject). */
final class ObjectWrites {
    private final Bodies bodies;

    ObjectWrites(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> put(Exchange exchange) {
        var bucket = exchange.bucket();
        var acl = WriteHeaders.acl(exchange, bucket);
        authorize(exchange, bucket, acl);
        var attributes = WriteHeaders.attributes(exchange, bucket);
        LockHeaders.requireDigest(exchange, LockHeaders.locks(bucket, attributes.lock()), "Put Object");
        var condition = WriteHeaders.condition(exchange);
        return bodies.receive(exchange, Optional.empty()).compose(received -> {
            var object = new NewObject(
                    EventName.OBJECT_CREATED_PUT,
                    exchange.key(),
                    received.body(),
                    received.md5(),
                    attributes,
                    received.checksum(),
                    acl,
                    condition);
            var written = bucket.put(object, exchange.actor());
            ObjectLookup.putVersionId(exchange, bucket, written);
            EncryptionHeaders.put(exchange, written.attributes().encryption());
            ChecksumHeaders.put(exchange, written.checksum());
            exchange.response().putHeader("ETag", ETags.quoted(written.eTag()));
            return exchange.empty(200);
        });
    }

    /** Writing with tags, an ACL or a lock needs those permissions too (API: PutObject, permissions). */
    static void authorize(Exchange exchange, BucketState bucket, Optional<NamedAcl> acl) {
        exchange.require(bucket, "s3:PutObject", exchange.key(), Optional.empty());
        if (exchange.header("x-amz-tagging").isPresent()) {
            exchange.require(bucket, "s3:PutObjectTagging", exchange.key(), Optional.empty());
        }
        if (acl.isPresent()) {
            exchange.require(bucket, "s3:PutObjectAcl", exchange.key(), Optional.empty());
        }
        if (exchange.header(LockHeaders.MODE).isPresent()) {
            exchange.require(bucket, "s3:PutObjectRetention", exchange.key(), Optional.empty());
        }
        if (exchange.header(LockHeaders.HOLD).isPresent()) {
            exchange.require(bucket, "s3:PutObjectLegalHold", exchange.key(), Optional.empty());
        }
    }
}
