package io.tidelock.replicator.rule;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule's replicas go and what they become there.
 *
 * @param bucket the destination bucket's name; which store holds it, the {@link BucketRules} say
 * @param account the destination account's id, or null where the rule does not name it
 * @param storageClass the replica's class, or null for the source's own (rule 24)
 * @param replicaKmsKeyId the key that SSE-KMS replicas are encrypted with, or null where the rule names none (rule 26)
 * @param ownerOverride whether the destination account owns the replica (rules 30 to 32)
 * @param replicationTime whether S3 Replication Time Control's 15 minutes are asked for
 * @param metrics whether replication metrics are asked for
 * @param encryptionContext pairs added to the encryption context of SSE-KMS replicas, in order of their names; Tidelock's own, no element of S3's rules
 * @param ownersAlwaysVerified whether the owner of each replica is verified under {@code ownerOverride} instead of some; Tidelock's own as well
 */
public record RuleDestination(
        String bucket,
        @Nullable String account,
        @Nullable String storageClass,
        @Nullable String replicaKmsKeyId,
        boolean ownerOverride,
        boolean replicationTime,
        boolean metrics,
        SortedMap<String, String> encryptionContext,
        boolean ownersAlwaysVerified) {
    public RuleDestination {
        if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "Destination.Bucket must be a name without a slash, was \"" + bucket + "\"");
        }
        if (ownerOverride && account == null) {
            throw new IllegalArgumentException("AccessControlTranslation needs Destination.Account (rule 30)");
        }
        if (replicationTime && !metrics) {
            throw new IllegalArgumentException("ReplicationTime needs Metrics (rule 4)");
        }
        encryptionContext = Collections.unmodifiableSortedMap(new TreeMap<>(encryptionContext));
    }

    /** With what S3's elements say alone. */
    public RuleDestination(
            String bucket,
            @Nullable String account,
            @Nullable String storageClass,
            @Nullable String replicaKmsKeyId,
            boolean ownerOverride,
            boolean replicationTime,
            boolean metrics) {
        this(
                bucket,
                account,
                storageClass,
                replicaKmsKeyId,
                ownerOverride,
                replicationTime,
                metrics,
                Collections.emptySortedMap(),
                false);
    }

    /** The same with these pairs added to the encryption context. */
    public RuleDestination with(SortedMap<String, String> context) {
        return with(context, ownersAlwaysVerified);
    }

    /** The same with the owner of each replica verified. */
    public RuleDestination withOwnersVerified() {
        return with(encryptionContext, true);
    }

    private RuleDestination with(SortedMap<String, String> context, boolean ownersVerified) {
        return new RuleDestination(
                bucket,
                account,
                storageClass,
                replicaKmsKeyId,
                ownerOverride,
                replicationTime,
                metrics,
                context,
                ownersVerified);
    }

    /** A plain copy into that bucket. */
    public static RuleDestination of(String bucket) {
        return new RuleDestination(bucket, null, null, null, false, false, false);
    }
}
