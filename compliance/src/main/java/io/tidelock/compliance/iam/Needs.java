package io.tidelock.compliance.iam;

import io.tidelock.compliance.iam.Edge.Feature;
import io.tidelock.compliance.iam.Need.Condition;
import io.tidelock.compliance.iam.Need.Where;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What an edge needs, action by action: the one list that the generated documents, their proof and {@code tidelock
 * check} share.
 */
public final class Needs {
    /** What is asked of every bucket before it is read from or written to. */
    private static final String[] BUCKET_STATE = {
        "s3:GetBucketVersioning", "s3:GetBucketOwnershipControls", "s3:GetBucketObjectLockConfiguration"
    };

    private final Edge edge;
    private final List<Need> needs = new ArrayList<>();

    private Needs(Edge edge) {
        this.edge = edge;
    }

    /** What Tidelock itself calls: reads by version at the source, ordinary writes at the destination. */
    public static List<Need> ofTidelock(Edge edge) {
        var all = new Needs(edge);
        all.tidelockReads();
        all.tidelockWrites();
        all.keys();
        return List.copyOf(all.needs);
    }

    /**
     * What the provider's own replication calls with its role (page "Setting up permissions for live replication").
     * The edge's source principal is that role.
     */
    public static List<Need> ofProvider(Edge edge) {
        var all = new Needs(edge);
        all.providerReads();
        all.providerWrites();
        all.keys();
        return List.copyOf(all.needs);
    }

    /** What whoever assumes the roles needs. */
    public static List<Need> ofAssuming(Collection<Trust> trusts) {
        var needs = new ArrayList<Need>();
        for (var trust : trusts) {
            if (trust instanceof Trust.OfPrincipal of) {
                needs.add(new Need(
                        of.assumer(),
                        "sts:AssumeRole",
                        of.role(),
                        Where.ROLE,
                        !Trust.accountOf(of.role()).equals(Trust.accountOf(of.assumer())),
                        List.of()));
            }
        }
        return List.copyOf(needs);
    }

    /** The same needs without those that others cover. */
    public static List<Need> minimal(Collection<Need> needs) {
        var kept = new ArrayList<Need>();
        for (var need : new LinkedHashSet<>(needs)) {
            if (kept.stream().noneMatch(other -> other.covers(need))) {
                kept.removeIf(need::covers);
                kept.add(need);
            }
        }
        return List.copyOf(kept);
    }

    private void tidelockReads() {
        var side = edge.source();
        onBucket(side, Where.SOURCE_BUCKET, BUCKET_STATE);
        if (edge.has(Feature.RULES_FROM_BUCKET)) {
            onBucket(side, Where.SOURCE_BUCKET, "s3:GetReplicationConfiguration");
        }
        listing(side, Where.SOURCE_BUCKET, edge.prefixes());
        onObjects(
                side,
                Where.SOURCE_BUCKET,
                edge.prefixes(),
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:GetObjectTagging",
                "s3:GetObjectVersionTagging",
                // the checksums of a version's parts, where none is kept of the whole
                "s3:GetObjectVersionAttributes");
        if (edge.has(Feature.OWNER_OVERRIDE) || edge.has(Feature.ACL_COPY)) {
            // an ACL tells the owner, with whom the replica's is compared
            onObjects(side, Where.SOURCE_BUCKET, edge.prefixes(), "s3:GetObjectAcl", "s3:GetObjectVersionAcl");
        }
        if (edge.has(Feature.OBJECT_LOCK)) {
            // without these S3 leaves the lock out of what it says of a version
            onObjects(side, Where.SOURCE_BUCKET, edge.prefixes(), "s3:GetObjectRetention", "s3:GetObjectLegalHold");
        }
    }

    private void tidelockWrites() {
        var side = edge.destination();
        onBucket(side, Where.DESTINATION_BUCKET, BUCKET_STATE);
        listing(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes());
        onObjects(
                side,
                Where.DESTINATION_BUCKET,
                edge.replicaPrefixes(),
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:GetObjectTagging",
                "s3:GetObjectVersionTagging",
                "s3:PutObject",
                "s3:PutObjectTagging",
                "s3:PutObjectVersionTagging",
                "s3:AbortMultipartUpload",
                "s3:ListMultipartUploadParts");
        if (edge.has(Feature.OWNER_OVERRIDE) || edge.has(Feature.ACL_COPY)) {
            onObjects(
                    side,
                    Where.DESTINATION_BUCKET,
                    edge.replicaPrefixes(),
                    "s3:GetObjectAcl",
                    "s3:GetObjectVersionAcl");
        }
        if (edge.has(Feature.ACL_COPY) || (edge.has(Feature.OWNER_OVERRIDE) && side.crossAccount())) {
            // across accounts bucket-owner-full-control is sent, which is an ACL
            onObjects(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes(), "s3:PutObjectAcl");
        }
        if (edge.has(Feature.ACL_COPY)) {
            onObjects(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes(), "s3:PutObjectVersionAcl");
        }
        if (edge.has(Feature.DELETE_MARKERS) || edge.has(Feature.FULL_HISTORY)) {
            // without s3:DeleteObjectVersion: a marker can be made, or put back, and data cannot be removed
            onObjects(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes(), "s3:DeleteObject");
        }
        if (edge.has(Feature.OBJECT_LOCK)) {
            onObjects(
                    side,
                    Where.DESTINATION_BUCKET,
                    edge.replicaPrefixes(),
                    "s3:GetObjectRetention",
                    "s3:GetObjectLegalHold",
                    "s3:PutObjectRetention",
                    "s3:PutObjectLegalHold",
                    // GOVERNANCE becomes COMPLIANCE with it; without s3:DeleteObjectVersion nothing can be removed
                    "s3:BypassGovernanceRetention");
        }
    }

    private void providerReads() {
        var side = edge.source();
        onBucket(side, Where.SOURCE_BUCKET, "s3:GetReplicationConfiguration", "s3:ListBucket");
        onObjects(
                side,
                Where.SOURCE_BUCKET,
                edge.prefixes(),
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionTagging");
    }

    private void providerWrites() {
        var writer = edge.source().principal();
        var actions = new ArrayList<>(List.of("s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"));
        if (edge.has(Feature.OWNER_OVERRIDE)) {
            actions.add("s3:ObjectOwnerOverrideToBucketOwner");
        }
        for (var prefix : edge.replicaPrefixes()) {
            for (var action : actions) {
                needs.add(new Need(
                        writer,
                        action,
                        objects(edge.destination(), prefix),
                        Where.DESTINATION_BUCKET,
                        !edge.source()
                                .principalAccount()
                                .equals(edge.destination().account()),
                        List.of()));
            }
        }
    }

    private void keys() {
        if (!edge.has(Feature.KMS)) {
            return;
        }
        var reader = edge.source();
        var sourceKeys = edge.sourceKeys().isEmpty() ? List.of(anyKey(reader)) : edge.sourceKeys();
        for (var key : sourceKeys) {
            needs.add(new Need(
                    reader.principal(),
                    "kms:Decrypt",
                    key,
                    Where.SOURCE_KEY,
                    foreign(reader, key),
                    throughS3(reader, edge.prefixes())));
        }
        var writer = edge.destination();
        for (var key : edge.replicaKeys()) {
            // kms:Decrypt: the parts of a multipart upload are read back when it completes, and Bucket Keys need it
            for (var action : List.of("kms:GenerateDataKey", "kms:Encrypt", "kms:Decrypt")) {
                needs.add(new Need(
                        writer.principal(),
                        action,
                        key,
                        Where.REPLICA_KEY,
                        foreign(writer, key),
                        throughS3(writer, edge.replicaPrefixes())));
            }
        }
    }

    private static boolean foreign(Side side, String key) {
        return !side.principalAccount().equals(Trust.accountOf(key));
    }

    private static String objects(Side side, String prefix) {
        return side.bucketArn() + "/" + literally(prefix) + "*";
    }

    /** What stands for something else in a policy is written as a variable that stands for itself. */
    private static String literally(String prefix) {
        return prefix.replace("${", "${$}{").replace("*", "${*}").replace("?", "${?}");
    }

    private static String anyKey(Side side) {
        return "arn:" + side.partition() + ":kms:" + side.region() + ":" + side.account() + ":key/*";
    }

    private static List<Condition> throughS3(Side side, List<String> prefixes) {
        var contexts = new ArrayList<String>();
        contexts.add(side.bucketArn()); // with a Bucket Key the context is the bucket (rule 28)
        for (var prefix : prefixes) {
            contexts.add(objects(side, prefix));
        }
        return List.of(
                new Condition("StringEquals", "kms:ViaService", List.of(side.s3Service())),
                new Condition("StringLike", "kms:EncryptionContext:aws:s3:arn", contexts));
    }

    /** Listing lets the store say 404 instead of 403, and shows a key's version stack. */
    private void listing(Side side, Where where, List<String> prefixes) {
        var conditions = prefixes.equals(List.of(""))
                ? List.<Condition>of()
                : List.of(new Condition(
                        "StringLike",
                        "s3:prefix",
                        prefixes.stream().map(prefix -> literally(prefix) + "*").toList()));
        onBucket(side, where, "s3:ListBucket");
        needs.add(new Need(
                side.principal(), "s3:ListBucketVersions", side.bucketArn(), where, side.crossAccount(), conditions));
    }

    private void onBucket(Side side, Where where, String... actions) {
        for (var action : actions) {
            needs.add(new Need(side.principal(), action, side.bucketArn(), where, side.crossAccount(), List.of()));
        }
    }

    private void onObjects(Side side, Where where, List<String> prefixes, String... actions) {
        for (var prefix : prefixes) {
            for (var action : actions) {
                needs.add(new Need(
                        side.principal(), action, objects(side, prefix), where, side.crossAccount(), List.of()));
            }
        }
    }
}
