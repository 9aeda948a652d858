package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.PublicAccessBlock;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.policy.PublicPolicy;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Public access blocks of buckets and accounts, and whether a policy is public (API: GetPublicAccessBlock, GetBucketPolicyStatus; S3 Control
 * API: GetPublicAccessBlock).
 */
final class PublicAccessOperations {
    private static final int DOCUMENT_BYTES_MAX = 64 * 1024;
    private static final String ROOT = "PublicAccessBlockConfiguration";

    private final Bodies bodies;

    PublicAccessOperations(Bodies bodies) {
        this.bodies = bodies;
    }

    Future<Void> getOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketPublicAccessBlock");
        return exchange.xml(document(bucket.settings()
                .publicAccessBlock()
                .orElseThrow(
                        () -> new Refusal(ErrorCode.NO_SUCH_PUBLIC_ACCESS_BLOCK).with("BucketName", bucket.name()))));
    }

    Future<Void> putOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketPublicAccessBlock");
        return wanted(exchange).compose(block -> {
            bucket.settings().setPublicAccessBlock(Optional.of(block));
            return exchange.empty(200);
        });
    }

    Future<Void> deleteOfBucket(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:PutBucketPublicAccessBlock");
        bucket.settings().setPublicAccessBlock(Optional.empty());
        return exchange.empty(204);
    }

    Future<Void> getOfAccount(Exchange exchange) {
        var account = account(exchange, "s3:GetAccountPublicAccessBlock");
        return exchange.xml(document(exchange.world()
                .publicAccessBlock(account)
                .orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_PUBLIC_ACCESS_BLOCK).with("AccountId", account))));
    }

    Future<Void> putOfAccount(Exchange exchange) {
        var account = account(exchange, "s3:PutAccountPublicAccessBlock");
        return wanted(exchange).compose(block -> {
            exchange.world().setPublicAccessBlock(account, Optional.of(block));
            return exchange.empty(200);
        });
    }

    Future<Void> deleteOfAccount(Exchange exchange) {
        exchange.world().setPublicAccessBlock(account(exchange, "s3:PutAccountPublicAccessBlock"), Optional.empty());
        return exchange.empty(204);
    }

    /** The account that is named, which must be the caller's own. */
    private static String account(Exchange exchange, String action) {
        var named = exchange.header("x-amz-account-id").orElse("");
        var caller = exchange.caller();
        if (!named.matches("[0-9]{12}")) {
            throw new Refusal(ErrorCode.INVALID_REQUEST, "Missing or invalid x-amz-account-id");
        }
        if (!named.equals(caller.accountId()) || !exchange.allows(action, named)) {
            throw new Refusal(ErrorCode.ACCESS_DENIED);
        }
        return named;
    }

    private Future<PublicAccessBlock> wanted(Exchange exchange) {
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).map(document -> {
            var wanted = XmlElement.parse(document, ROOT);
            DocumentShapes.PUBLIC_ACCESS_BLOCK.check(wanted);
            return new PublicAccessBlock(
                    flag(wanted, "BlockPublicAcls"),
                    flag(wanted, "IgnorePublicAcls"),
                    flag(wanted, "BlockPublicPolicy"),
                    flag(wanted, "RestrictPublicBuckets"));
        });
    }

    private static boolean flag(XmlElement element, String name) {
        return element.textOf(name).filter("true"::equalsIgnoreCase).isPresent();
    }

    private static String document(PublicAccessBlock block) {
        return XmlWriter.document(ROOT)
                .element("BlockPublicAcls", block.blockPublicAcls())
                .element("IgnorePublicAcls", block.ignorePublicAcls())
                .element("BlockPublicPolicy", block.blockPublicPolicy())
                .element("RestrictPublicBuckets", block.restrictPublicBuckets())
                .end();
    }

    Future<Void> policyStatus(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:GetBucketPolicyStatus");
        var policy = bucket.settings()
                .policy()
                .orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_BUCKET_POLICY).with("BucketName", bucket.name()));
        return exchange.xml(XmlWriter.document("PolicyStatus")
                .element("IsPublic", PublicPolicy.is(policy) ? "TRUE" : "FALSE")
                .end());
    }
}
