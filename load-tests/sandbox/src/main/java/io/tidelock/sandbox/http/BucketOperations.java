package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.CannedAcl;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.ObjectLockRule;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.PublicAccessBlock;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Versioning;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Buckets themselves (API: ListBuckets, CreateBucket, HeadBucket, DeleteBucket, GetBucketLocation). */
final class BucketOperations {
    private static final String FIRST_REGION = "us-east-1";
    private static final int DOCUMENT_BYTES_MAX = 64 * 1024;
    private static final int PAGE_MAX = 10_000;

    private final Bodies bodies;

    BucketOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    /** The caller's own buckets, of all regions unless one is named. */
    Future<Void> list(Exchange exchange) {
        if (exchange.caller().anonymous()) {
            throw new Refusal(ErrorCode.ACCESS_DENIED);
        }
        var prefix = exchange.query("prefix").orElse("");
        var after = exchange.query("continuation-token").orElse("");
        var region = exchange.query("bucket-region");
        var max = exchange.query("max-buckets").map(BucketOperations::max).orElse(PAGE_MAX);
        var left = exchange.world().buckets().stream()
                .filter(bucket -> bucket.owner().id().equals(exchange.caller().accountId()))
                .filter(bucket ->
                        bucket.name().startsWith(prefix) && bucket.name().compareTo(after) > 0)
                .filter(bucket -> region.isEmpty() || region.get().equals(bucket.region()))
                .toList();
        return exchange.xml(document(exchange, left.subList(0, Math.min(max, left.size())), left.size() > max));
    }

    private static int max(String text) {
        try {
            var max = Integer.parseInt(text);
            if (max >= 1 && max <= PAGE_MAX) {
                return max;
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw new Refusal(ErrorCode.INVALID_ARGUMENT)
                .with("ArgumentName", "max-buckets")
                .with("ArgumentValue", text);
    }

    private static String document(Exchange exchange, List<BucketState> buckets, boolean truncated) {
        var xml = XmlWriter.document("ListAllMyBucketsResult");
        ListingOperations.owner(xml, exchange.caller().canonicalId());
        xml.open("Buckets");
        for (var bucket : buckets) {
            xml.open("Bucket")
                    .element("Name", bucket.name())
                    .element("CreationDate", HttpDates.document(bucket.created()))
                    .element("BucketRegion", bucket.region())
                    .close("Bucket");
        }
        xml.close("Buckets");
        if (truncated) {
            xml.element("ContinuationToken", buckets.getLast().name());
        }
        return xml.end();
    }

    /**
     * The bucket belongs to the caller's account, and its region must be this endpoint's; with object lock it keeps versions from the beginning
     * (API: CreateBucket, x-amz-bucket-object-lock-enabled). All public access is blocked until somebody says otherwise (UG: Blocking public access).
     */
    Future<Void> create(Exchange exchange) {
        var account = exchange.world()
                .account(exchange.caller().accountId())
                .orElseThrow(() -> new Refusal(ErrorCode.ACCESS_DENIED));
        var locks = exchange.header("x-amz-bucket-object-lock-enabled")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        WriteHeaders.refuseUnserved(exchange);
        var ownership = exchange.header("x-amz-object-ownership")
                .map(name -> Ownership.of(name)
                        .orElseThrow(() -> new Refusal(
                                ErrorCode.INVALID_ARGUMENT, "Invalid x-amz-object-ownership header: " + name)))
                .orElse(Ownership.BUCKET_OWNER_ENFORCED);
        var acl = AclHeaders.of(exchange).orElse(CannedAcl.PRIVATE);
        if (acl != CannedAcl.PRIVATE && ownership == Ownership.BUCKET_OWNER_ENFORCED) {
            throw new Refusal(ErrorCode.INVALID_BUCKET_ACL_WITH_OWNERSHIP);
        }
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            checkLocation(exchange.region(), document);
            var bucket = exchange.world().createBucket(exchange.bucketName(), exchange.region(), account);
            bucket.settings().setOwnership(Optional.of(ownership));
            bucket.settings().setGrants(acl.grants(account.canonicalId(), account.canonicalId()));
            bucket.settings().setPublicAccessBlock(Optional.of(PublicAccessBlock.ALL));
            if (locks) {
                bucket.setVersioning(Versioning.ENABLED);
                bucket.setObjectLock(ObjectLockRule.BARE);
            }
            exchange.response().putHeader("Location", "/" + bucket.name());
            return exchange.empty(200);
        });
    }

    /** The first region wants none; every other wants its own name (API: CreateBucket, LocationConstraint). */
    private static void checkLocation(String region, byte[] document) {
        var location = document.length == 0
                ? Optional.<String>empty()
                : XmlElement.parse(document, "CreateBucketConfiguration").textOf("LocationConstraint");
        var expected = region.equals(FIRST_REGION) ? Optional.<String>empty() : Optional.of(region);
        if (!location.equals(expected)) {
            throw new Refusal(
                    ErrorCode.ILLEGAL_LOCATION_CONSTRAINT,
                    "The " + location.orElse("unspecified")
                            + " location constraint is incompatible for the region specific endpoint"
                            + " this request was sent to.");
        }
    }

    Future<Void> head(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:ListBucket");
        exchange.response()
                .putHeader("x-amz-bucket-region", bucket.region())
                .putHeader("x-amz-access-point-alias", "false")
                .putHeader("Content-Type", "application/xml");
        return exchange.empty(200);
    }

    Future<Void> delete(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:DeleteBucket");
        exchange.world().deleteBucket(bucket);
        return exchange.empty(204);
    }

    Future<Void> location(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketLocation");
        var region = bucket.region().equals(FIRST_REGION) ? "" : bucket.region();
        return exchange.xml(
                XmlWriter.document("LocationConstraint").text(region).end());
    }
}
