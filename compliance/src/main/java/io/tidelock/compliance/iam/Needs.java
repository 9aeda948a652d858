package io.tidelock.compliance.iam;

import io.tidelock.compliance.iam.Edge.Feature;
import io.tidelock.compliance.iam.Need.Condition;
import io.tidelock.compliance.iam.Need.Where;
import java.util.ArrayList;
import java.util.List;

/**
 * What an edge needs, action by action: the one list that the generated documents, their proof and {@code tidelock
 * check} share.
 */
public final class Needs {
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

    private void tidelockReads() {
        var side = edge.source();
        onBucket(side, Where.SOURCE_BUCKET, "s3:GetBucketVersioning");
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
                "s3:GetObjectVersionTagging");
    }

    private void tidelockWrites() {
        var side = edge.destination();
        onBucket(
                side,
                Where.DESTINATION_BUCKET,
                "s3:GetBucketVersioning",
                "s3:GetBucketOwnershipControls",
                "s3:GetBucketObjectLockConfiguration");
        listing(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes());
        onObjects(
                side,
                Where.DESTINATION_BUCKET,
                edge.replicaPrefixes(),
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject",
                "s3:PutObjectTagging",
                "s3:PutObjectVersionTagging",
                "s3:AbortMultipartUpload");
        if (edge.has(Feature.OWNER_OVERRIDE)) {
            onObjects(
                    side,
                    Where.DESTINATION_BUCKET,
                    edge.replicaPrefixes(),
                    "s3:GetObjectAcl",
                    "s3:GetObjectVersionAcl");
        }
        if (edge.has(Feature.OWNER_OVERRIDE) && side.crossAccount()) {
            // bucket-owner-full-control is sent, which is an ACL
            onObjects(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes(), "s3:PutObjectAcl");
        }
        if (edge.has(Feature.DELETE_MARKERS)) {
            // without s3:DeleteObjectVersion: a marker can be made, data cannot be removed
            onObjects(side, Where.DESTINATION_BUCKET, edge.replicaPrefixes(), "s3:DeleteObject");
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
                        edge.destination().bucketArn() + "/" + prefix + "*",
                        Where.DESTINATION_BUCKET,
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
                    reader.principal(), "kms:Decrypt", key, Where.SOURCE_KEY, throughS3(reader, edge.prefixes())));
        }
        var writer = edge.destination();
        for (var key : edge.replicaKeys()) {
            // kms:Decrypt: the parts of a multipart upload are read back when it completes, and Bucket Keys need it
            for (var action : List.of("kms:GenerateDataKey", "kms:Encrypt", "kms:Decrypt")) {
                needs.add(new Need(
                        writer.principal(), action, key, Where.REPLICA_KEY, throughS3(writer, edge.replicaPrefixes())));
            }
        }
    }

    private static String anyKey(Side side) {
        return "arn:" + side.partition() + ":kms:" + side.region() + ":" + side.account() + ":key/*";
    }

    private static List<Condition> throughS3(Side side, List<String> prefixes) {
        var contexts = new ArrayList<String>();
        contexts.add(side.bucketArn()); // with a Bucket Key the context is the bucket (rule 28)
        for (var prefix : prefixes) {
            contexts.add(side.bucketArn() + "/" + prefix + "*");
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
                        prefixes.stream().map(prefix -> prefix + "*").toList()));
        needs.add(new Need(side.principal(), "s3:ListBucket", side.bucketArn(), where, List.of()));
        needs.add(new Need(side.principal(), "s3:ListBucketVersions", side.bucketArn(), where, conditions));
    }

    private void onBucket(Side side, Where where, String... actions) {
        for (var action : actions) {
            needs.add(new Need(side.principal(), action, side.bucketArn(), where, List.of()));
        }
    }

    private void onObjects(Side side, Where where, List<String> prefixes, String... actions) {
        for (var prefix : prefixes) {
            for (var action : actions) {
                needs.add(new Need(side.principal(), action, side.bucketArn() + "/" + prefix + "*", where, List.of()));
            }
        }
    }
}
