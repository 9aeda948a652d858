package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.NamedAcl;
import io.tidelock.sandbox.model.ObjectAccess;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;

/** Access control lists of versions and buckets (API: GetObjectAcl, PutObjectAcl, GetBucketAcl, PutBucketAcl). */
final class AclOperations {
    private static final int DOCUMENT_BYTES_MAX = 64 * 1024;

    private final Bodies bodies;

    AclOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> get(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:GetObjectAcl");
        ObjectLookup.putVersionId(exchange, bucket, version);
        return exchange.xml(AclDocuments.write(bucket.accessOf(version)));
    }

    /** Refused outright where ACLs are disabled (API: PutObjectAcl; UG: Controlling ownership of objects). */
    Future<Void> put(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:PutObjectAcl");
        refuseDisabled(bucket.settings().ownership());
        return named(exchange, version.ownerId()).compose(acl -> {
            var grants = acl.grants(version.ownerId(), bucket.owner().canonicalId());
            exchange.world().blockOf(bucket).check(grants);
            bucket.setGrants(version, grants, exchange.actor());
            ObjectLookup.putVersionId(exchange, bucket, version);
            return exchange.empty(200);
        });
    }

    Future<Void> getOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketAcl");
        return exchange.xml(AclDocuments.write(
                new ObjectAccess(bucket.owner().canonicalId(), bucket.settings().grants())));
    }

    Future<Void> putOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketAcl");
        refuseDisabled(bucket.settings().ownership());
        var owner = bucket.owner().canonicalId();
        return named(exchange, owner).compose(acl -> {
            var grants = acl.grants(owner, owner);
            exchange.world().blockOf(bucket).check(grants);
            bucket.settings().setGrants(grants);
            return exchange.empty(200);
        });
    }

    private static void refuseDisabled(Ownership ownership) {
        if (ownership == Ownership.BUCKET_OWNER_ENFORCED) {
            throw new Refusal(ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        }
    }

    /** The list in the headers or in the body, of which there must be one and only one. */
    private Future<NamedAcl> named(Exchange exchange, String ownerId) {
        WriteHeaders.refuseUnserved(exchange);
        var inHeaders = AclHeaders.of(exchange);
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).map(document -> {
            if (document.length == 0) {
                return inHeaders.orElseThrow(() -> new Refusal(
                                ErrorCode.MISSING_SECURITY_HEADER, "Your request was missing a required header")
                        .with("MissingHeaderName", AclHeaders.CANNED));
            }
            if (inHeaders.isPresent()) {
                throw new Refusal(ErrorCode.UNEXPECTED_CONTENT);
            }
            return AclDocuments.parse(exchange, document, ownerId);
        });
    }
}
