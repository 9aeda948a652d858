package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.CannedAcl;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.ObjectAccess;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;

/** Access control lists, as canned ones only (API: GetObjectAcl, PutObjectAcl, GetBucketAcl, PutBucketAcl). */
final class AclOperations {
    private static final String INSTANCE = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=";

    Future<Void> get(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:GetObjectAcl");
        ObjectLookup.putVersionId(exchange, bucket, version);
        return exchange.xml(document(bucket.accessOf(version)));
    }

    Future<Void> put(Exchange exchange) {
        var bucket = exchange.bucket();
        var version = ObjectLookup.toDescribe(exchange, bucket, "s3:PutObjectAcl");
        WriteHeaders.refuseUnserved(exchange);
        var acl = WriteHeaders.acl(exchange, bucket).orElseThrow(AclOperations::onlyCanned);
        if (bucket.settings().ownership() != Ownership.BUCKET_OWNER_ENFORCED) {
            bucket.setGrants(
                    version, acl.grants(version.ownerId(), bucket.owner().canonicalId()), exchange.actor());
        }
        ObjectLookup.putVersionId(exchange, bucket, version);
        return exchange.empty(200);
    }

    Future<Void> getOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketAcl");
        return exchange.xml(document(
                new ObjectAccess(bucket.owner().canonicalId(), bucket.settings().grants())));
    }

    Future<Void> putOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketAcl");
        WriteHeaders.refuseUnserved(exchange);
        if (bucket.settings().ownership() == Ownership.BUCKET_OWNER_ENFORCED) {
            throw new Refusal(ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        }
        var acl = WriteHeaders.acl(exchange, bucket).orElseThrow(AclOperations::onlyCanned);
        var owner = bucket.owner().canonicalId();
        bucket.settings().setGrants(acl.grants(owner, owner));
        return exchange.empty(200);
    }

    private static Refusal onlyCanned() {
        return new Refusal(ErrorCode.NOT_IMPLEMENTED, "Access control policies in documents are not served here")
                .with("Header", "x-amz-acl");
    }

    private static String document(ObjectAccess access) {
        var xml = XmlWriter.document("AccessControlPolicy");
        ListingOperations.owner(xml, access.ownerId());
        xml.open("AccessControlList");
        for (var grant : access.grants()) {
            xml.open("Grant");
            grantee(xml, grant);
            xml.element("Permission", grant.permission()).close("Grant");
        }
        return xml.close("AccessControlList").end();
    }

    private static void grantee(XmlWriter xml, Grant grant) {
        if (grant.group()) {
            xml.open("Grantee", INSTANCE + "\"Group\"").element("URI", grant.grantee());
        } else {
            xml.open("Grantee", INSTANCE + "\"CanonicalUser\"").element("ID", grant.grantee());
        }
        xml.close("Grantee");
    }

    /** What a bucket's ACL is when it is made. */
    static CannedAcl ofNewBucket(Exchange exchange) {
        return exchange.header("x-amz-acl")
                .map(name -> CannedAcl.of(name)
                        .orElseThrow(() -> new Refusal(ErrorCode.INVALID_ARGUMENT)
                                .with("ArgumentName", "x-amz-acl")
                                .with("ArgumentValue", name)))
                .orElse(CannedAcl.PRIVATE);
    }
}
