package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Encryption;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.Versioning;
import io.tidelock.sandbox.policy.PolicyReader;
import io.tidelock.sandbox.policy.PublicPolicy;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The documents that configure a bucket (API: Get/Put/DeleteBucketVersioning, -Policy, -Encryption, -OwnershipControls, -Replication). */
final class BucketDocuments {
    /** API: PutBucketReplication: the largest document of all. */
    private static final int REPLICATION_BYTES_MAX = 2 << 20;

    private static final int DOCUMENT_BYTES_MAX = 64 * 1024;
    /** UG: Bucket policies: limited to 20 KB. */
    private static final int POLICY_BYTES_MAX = 20 * 1024;

    private final Bodies bodies;

    BucketDocuments(Bodies bodies) {
        this.bodies = bodies;
    }

    private static BucketState allowed(Exchange exchange, String action) {
        var bucket = exchange.bucket();
        exchange.require(bucket, action);
        return bucket;
    }

    /** A bucket that never kept versions has no status at all. */
    Future<Void> getVersioning(Exchange exchange) {
        var bucket = allowed(exchange, "s3:GetBucketVersioning");
        var status = switch (bucket.versioning()) {
            case NEVER -> Optional.<String>empty();
            case ENABLED -> Optional.of("Enabled");
            case SUSPENDED -> Optional.of("Suspended");
        };
        return exchange.xml(XmlWriter.document("VersioningConfiguration")
                .element("Status", status)
                .element("MfaDelete", bucket.settings().mfaDelete().map(on -> on ? "Enabled" : "Disabled"))
                .end());
    }

    /** MFA delete is switched with the second factor it asks for (API: PutBucketVersioning, MFA). */
    Future<Void> putVersioning(Exchange exchange) {
        var bucket = allowed(exchange, "s3:PutBucketVersioning");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var wanted = XmlElement.parse(document, "VersioningConfiguration");
            var mfaDelete = wanted.textOf("MfaDelete");
            if (mfaDelete.isPresent() || bucket.settings().mfaDelete().orElse(false)) {
                SecondFactor.require(exchange);
            }
            bucket.setVersioning(
                    switch (wanted.required("Status")) {
                        case "Enabled" -> Versioning.ENABLED;
                        case "Suspended" -> Versioning.SUSPENDED;
                        default -> throw new Refusal(ErrorCode.MALFORMED_XML);
                    });
            mfaDelete.ifPresent(on -> bucket.settings().setMfaDelete(on.equals("Enabled")));
            return exchange.empty(200);
        });
    }

    Future<Void> getPolicy(Exchange exchange) {
        var bucket = allowed(exchange, "s3:GetBucketPolicy");
        var policy = bucket.settings()
                .policy()
                .orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_BUCKET_POLICY).with("BucketName", bucket.name()));
        exchange.response().putHeader("Content-Type", "application/json");
        return exchange.text(policy);
    }

    /** Stored as it was given once it is found to be one (API: PutBucketPolicy). */
    Future<Void> putPolicy(Exchange exchange) {
        var bucket = allowed(exchange, "s3:PutBucketPolicy");
        return bodies.document(exchange, POLICY_BYTES_MAX).compose(document -> {
            var policy = new String(document, StandardCharsets.UTF_8);
            PolicyReader.bucketPolicy(policy);
            if (exchange.world().blockOf(bucket).blockPublicPolicy() && PublicPolicy.is(policy)) {
                throw new Refusal(ErrorCode.ACCESS_DENIED);
            }
            bucket.settings().setPolicy(Optional.of(policy));
            return exchange.empty(204);
        });
    }

    Future<Void> deletePolicy(Exchange exchange) {
        allowed(exchange, "s3:DeleteBucketPolicy").settings().setPolicy(Optional.empty());
        return exchange.empty(204);
    }

    /** Every bucket has a default: SSE-S3 unless told otherwise (UG: Setting default server-side encryption behavior). */
    Future<Void> getEncryption(Exchange exchange) {
        var encryption =
                allowed(exchange, "s3:GetEncryptionConfiguration").settings().encryption();
        return exchange.xml(XmlWriter.document("ServerSideEncryptionConfiguration")
                .open("Rule")
                .open("ApplyServerSideEncryptionByDefault")
                .element("SSEAlgorithm", encryption.algorithm())
                .element("KMSMasterKeyID", encryption.kmsKeyArn())
                .close("ApplyServerSideEncryptionByDefault")
                .element("BucketKeyEnabled", encryption.bucketKey())
                .close("Rule")
                .end());
    }

    /** The key is not looked at before something is written (UG: Setting default server-side encryption behavior). */
    Future<Void> putEncryption(Exchange exchange) {
        var bucket = allowed(exchange, "s3:PutEncryptionConfiguration");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var rule = XmlElement.parse(document, "ServerSideEncryptionConfiguration")
                    .child("Rule")
                    .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML));
            var standard = rule.child("ApplyServerSideEncryptionByDefault")
                    .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML));
            var keyId = standard.textOf("KMSMasterKeyID").filter(id -> !id.isEmpty());
            var bucketKey = rule.textOf("BucketKeyEnabled")
                    .filter("true"::equalsIgnoreCase)
                    .isPresent();
            bucket.settings()
                    .setEncryption(
                            switch (standard.required("SSEAlgorithm")) {
                                case Encryption.AES256 -> sseS3(keyId, bucketKey);
                                case Encryption.KMS ->
                                    new Encryption(Encryption.KMS, keyId, bucketKey, Optional.empty());
                                case Encryption.DSSE -> new Encryption(Encryption.DSSE, keyId, false, Optional.empty());
                                default -> throw new Refusal(ErrorCode.MALFORMED_XML);
                            });
            return exchange.empty(200);
        });
    }

    private static Encryption sseS3(Optional<String> keyId, boolean bucketKey) {
        if (keyId.isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_ARGUMENT,
                    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms");
        }
        return new Encryption(Encryption.AES256, Optional.empty(), bucketKey, Optional.empty());
    }

    Future<Void> deleteEncryption(Exchange exchange) {
        allowed(exchange, "s3:PutEncryptionConfiguration").settings().setEncryption(Encryption.SSE_S3);
        return exchange.empty(204);
    }

    Future<Void> getOwnership(Exchange exchange) {
        var bucket = allowed(exchange, "s3:GetBucketOwnershipControls");
        var ownership = bucket.settings()
                .ownershipControls()
                .orElseThrow(
                        () -> new Refusal(ErrorCode.OWNERSHIP_CONTROLS_NOT_FOUND).with("BucketName", bucket.name()));
        return exchange.xml(XmlWriter.document("OwnershipControls")
                .open("Rule")
                .element("ObjectOwnership", ownership.text())
                .close("Rule")
                .end());
    }

    Future<Void> putOwnership(Exchange exchange) {
        var bucket = allowed(exchange, "s3:PutBucketOwnershipControls");
        return bodies.document(exchange, DOCUMENT_BYTES_MAX).compose(document -> {
            var ownership = XmlElement.parse(document, "OwnershipControls")
                    .child("Rule")
                    .flatMap(rule -> rule.textOf("ObjectOwnership"))
                    .flatMap(Ownership::of)
                    .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML));
            if (ownership == Ownership.BUCKET_OWNER_ENFORCED && sharedByAcl(bucket)) {
                throw new Refusal(ErrorCode.INVALID_BUCKET_ACL_WITH_OWNERSHIP);
            }
            bucket.settings().setOwnership(Optional.of(ownership));
            return exchange.empty(200);
        });
    }

    /** ACLs cannot be disabled while the bucket's own lets others in (UG: Controlling ownership of objects, prerequisites). */
    private static boolean sharedByAcl(BucketState bucket) {
        return bucket.settings().grants().stream()
                .anyMatch(grant -> !grant.grantee().equals(bucket.owner().canonicalId()));
    }

    Future<Void> deleteOwnership(Exchange exchange) {
        allowed(exchange, "s3:PutBucketOwnershipControls").settings().setOwnership(Optional.empty());
        return exchange.empty(204);
    }

    Future<Void> getReplication(Exchange exchange) {
        var bucket = allowed(exchange, "s3:GetReplicationConfiguration");
        return exchange.xml(bucket.settings()
                .replication()
                .orElseThrow(() ->
                        new Refusal(ErrorCode.REPLICATION_CONFIGURATION_NOT_FOUND).with("BucketName", bucket.name())));
    }

    Future<Void> putReplication(Exchange exchange) {
        var bucket = allowed(exchange, "s3:PutReplicationConfiguration");
        return bodies.document(exchange, REPLICATION_BYTES_MAX).compose(document -> {
            var configuration = XmlElement.parse(document, "ReplicationConfiguration");
            configuration.required("Role");
            if (configuration.children("Rule").isEmpty()) {
                throw new Refusal(ErrorCode.MALFORMED_XML);
            }
            bucket.setReplication(Optional.of(new String(document, StandardCharsets.UTF_8)));
            return exchange.empty(200);
        });
    }

    Future<Void> deleteReplication(Exchange exchange) {
        allowed(exchange, "s3:PutReplicationConfiguration").setReplication(Optional.empty());
        return exchange.empty(204);
    }
}
