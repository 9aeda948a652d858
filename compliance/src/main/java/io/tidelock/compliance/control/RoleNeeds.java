package io.tidelock.compliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the replication role must be allowed for one rule.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html">permissions for replication</a>
 */
final class RoleNeeds {
    /**
     * One needed permission.
     *
     * @param resource the ARN, with a trailing {@code *} for all of a prefix; null where any resource will do
     * @param certain false where a document that could not be read decides whether it is needed
     */
    record Need(String action, @Nullable String resource, RequestContext context, boolean certain) {
        @Override
        public String toString() {
            return action + (resource == null ? "" : " on " + resource);
        }
    }

    private static final String ANY_KEY = "arn:aws:kms:*:*:key/*";
    private static final RequestContext TLS = RequestContext.UNKNOWN.with("aws:SecureTransport", "true");

    private final Evidence evidence;
    private final Replication.Destination destination;
    private final List<Need> needs = new ArrayList<>();

    private RoleNeeds(Evidence evidence, Replication.Destination destination) {
        this.evidence = evidence;
        this.destination = destination;
    }

    static List<Need> of(Evidence evidence, Replication.Destination destination) {
        var all = new RoleNeeds(evidence, destination);
        all.source();
        all.destination();
        all.keys();
        return List.copyOf(all.needs);
    }

    /** What the destination's policy must allow the role across accounts. */
    static List<String> atDestination(Replication.Destination destination, boolean ownerEnforced) {
        var actions = new ArrayList<>(List.of("s3:ReplicateObject", "s3:ReplicateDelete"));
        if (destination.rule().ownerOverride() && !ownerEnforced) {
            actions.add("s3:ObjectOwnerOverrideToBucketOwner");
        }
        return actions;
    }

    private void source() {
        BucketResource bucket = evidence.theBucket().resource();
        if (bucket == null) {
            return;
        }
        add("s3:GetReplicationConfiguration", bucket.arn(), TLS);
        add("s3:ListBucket", bucket.arn(), TLS);
        String objects = bucket.arn() + "/" + destination.rule().prefix() + "*";
        add("s3:GetObjectVersionForReplication", objects, TLS);
        add("s3:GetObjectVersionAcl", objects, TLS);
        add("s3:GetObjectVersionTagging", objects, TLS);
        Collected<JsonNode> lock = evidence.theBucket().document(BucketDocument.OBJECT_LOCK);
        boolean unread = lock instanceof Collected.Unavailable;
        if (unread
                || lock.known().map(ObjectLock::of).filter(ObjectLock::enabled).isPresent()) {
            needs.add(new Need("s3:GetObjectRetention", objects, TLS, !unread));
            needs.add(new Need("s3:GetObjectLegalHold", objects, TLS, !unread));
        }
    }

    private void destination() {
        String name = destination.name();
        if (name == null) {
            return;
        }
        String objects =
                new BucketResource(name).arn() + "/" + destination.rule().prefix() + "*";
        for (String action : atDestination(destination, false)) {
            add(action, objects, written());
        }
    }

    /** The headers that S3 itself sends when it writes a replica. */
    private RequestContext written() {
        String key = destination.rule().replicaKey();
        RequestContext context = TLS;
        if (destination.rule().kmsObjects() && key != null) {
            return context.with("s3:x-amz-server-side-encryption", "aws:kms")
                    .with("s3:x-amz-server-side-encryption-aws-kms-key-id", key);
        }
        return context.with("s3:x-amz-server-side-encryption", "AES256")
                .without("s3:x-amz-server-side-encryption-aws-kms-key-id");
    }

    private void keys() {
        if (!destination.rule().kmsObjects()) {
            return;
        }
        Collected<JsonNode> encryption = evidence.theBucket().document(BucketDocument.ENCRYPTION);
        boolean unread = encryption instanceof Collected.Unavailable;
        String sourceKey = encryption
                .known()
                .map(EncryptionRule::of)
                .flatMap(EncryptionRule::key)
                .filter(RoleNeeds::isKey)
                .orElse(unread ? ANY_KEY : null);
        needs.add(new Need("kms:Decrypt", sourceKey, through(evidence.theBucket()), !unread));
        String replicaKey = destination.rule().replicaKey();
        if (replicaKey != null) {
            RequestContext context = destination.bucket().map(this::through).orElse(RequestContext.UNKNOWN);
            add("kms:Encrypt", isKey(replicaKey) ? replicaKey : null, context);
        }
    }

    /** A policy allows the use of a key by the key's ARN; an alias does not tell it. */
    private static boolean isKey(String text) {
        return Arn.parse(text)
                .filter(arn -> !arn.resource().startsWith("alias/"))
                .isPresent();
    }

    private RequestContext through(BucketEvidence bucket) {
        RequestContext context = TLS;
        if (bucket.region() != null) {
            context = context.with("kms:ViaService", "s3." + bucket.region() + ".amazonaws.com");
        }
        if (bucket.resource() != null) {
            // A Bucket Key is asked for with the bucket's own ARN.
            context = context.with(
                    "kms:EncryptionContext:aws:s3:arn",
                    hasBucketKey(bucket)
                            ? bucket.resource().arn()
                            : bucket.resource().arn() + "/" + destination.rule().prefix() + "key");
        }
        return context;
    }

    private static boolean hasBucketKey(BucketEvidence bucket) {
        return bucket.document(BucketDocument.ENCRYPTION)
                .known()
                .map(EncryptionRule::of)
                .filter(EncryptionRule::hasBucketKey)
                .isPresent();
    }

    private void add(String action, @Nullable String resource, RequestContext context) {
        needs.add(new Need(action, resource, context, true));
    }
}
