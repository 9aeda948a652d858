package io.tidelock.compliance.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The actions of S3 and what they do to data.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">actions of S3</a>
 */
public final class S3Actions {
    /** What an action does. */
    public enum Access {
        READ,
        WRITE
    }

    private static final List<String> READS = List.of(
            "DescribeJob",
            "DescribeMultiRegionAccessPointOperation",
            "GetAccelerateConfiguration",
            "GetAccessPoint",
            "GetAccessPointPolicy",
            "GetAccountPublicAccessBlock",
            "GetAnalyticsConfiguration",
            "GetBucketAcl",
            "GetBucketCORS",
            "GetBucketLocation",
            "GetBucketLogging",
            "GetBucketNotification",
            "GetBucketObjectLockConfiguration",
            "GetBucketOwnershipControls",
            "GetBucketPolicy",
            "GetBucketPolicyStatus",
            "GetBucketPublicAccessBlock",
            "GetBucketRequestPayment",
            "GetBucketTagging",
            "GetBucketVersioning",
            "GetBucketWebsite",
            "GetEncryptionConfiguration",
            "GetIntelligentTieringConfiguration",
            "GetInventoryConfiguration",
            "GetLifecycleConfiguration",
            "GetMetricsConfiguration",
            "GetObject",
            "GetObjectAcl",
            "GetObjectAttributes",
            "GetObjectLegalHold",
            "GetObjectRetention",
            "GetObjectTagging",
            "GetObjectTorrent",
            "GetObjectVersion",
            "GetObjectVersionAcl",
            "GetObjectVersionAttributes",
            "GetObjectVersionForReplication",
            "GetObjectVersionTagging",
            "GetObjectVersionTorrent",
            "GetReplicationConfiguration",
            "GetStorageLensConfiguration",
            "ListAccessPoints",
            "ListAllMyBuckets",
            "ListBucket",
            "ListBucketMultipartUploads",
            "ListBucketVersions",
            "ListJobs",
            "ListMultipartUploadParts",
            "ListTagsForResource");

    private static final List<String> WRITES = List.of(
            "AbortMultipartUpload",
            "BypassGovernanceRetention",
            "CreateAccessPoint",
            "CreateBucket",
            "CreateJob",
            "DeleteAccessPoint",
            "DeleteAccessPointPolicy",
            "DeleteBucket",
            "DeleteBucketOwnershipControls",
            "DeleteBucketPolicy",
            "DeleteBucketWebsite",
            "DeleteJobTagging",
            "DeleteObject",
            "DeleteObjectTagging",
            "DeleteObjectVersion",
            "DeleteObjectVersionTagging",
            "InitiateReplication",
            "ObjectOwnerOverrideToBucketOwner",
            "PauseReplication",
            "PutAccelerateConfiguration",
            "PutAccessPointPolicy",
            "PutAccountPublicAccessBlock",
            "PutAnalyticsConfiguration",
            "PutBucketAcl",
            "PutBucketCORS",
            "PutBucketLogging",
            "PutBucketNotification",
            "PutBucketObjectLockConfiguration",
            "PutBucketOwnershipControls",
            "PutBucketPolicy",
            "PutBucketPublicAccessBlock",
            "PutBucketRequestPayment",
            "PutBucketTagging",
            "PutBucketVersioning",
            "PutBucketWebsite",
            "PutEncryptionConfiguration",
            "PutIntelligentTieringConfiguration",
            "PutInventoryConfiguration",
            "PutLifecycleConfiguration",
            "PutMetricsConfiguration",
            "PutObject",
            "PutObjectAcl",
            "PutObjectLegalHold",
            "PutObjectRetention",
            "PutObjectTagging",
            "PutObjectVersionAcl",
            "PutObjectVersionTagging",
            "PutReplicationConfiguration",
            "PutStorageLensConfiguration",
            "ReplicateDelete",
            "ReplicateObject",
            "ReplicateTags",
            "RestoreObject",
            "TagResource",
            "UntagResource");

    private static final List<String> READ_VERBS = List.of("get", "list", "head", "describe");

    private static final List<String> READING =
            READS.stream().map(name -> "s3:" + name).toList();
    private static final List<String> WRITING =
            WRITES.stream().map(name -> "s3:" + name).toList();

    private S3Actions() {}

    /** Every known action of this kind, with the prefix {@code s3:}. */
    public static Stream<String> known(Access access) {
        return (access == Access.READ ? READING : WRITING).stream();
    }

    /**
     * The first action of this kind that {@code actions} speak of. An action of S3 that is not known is taken for a
     * reading one by its verb, else for a writing one.
     */
    public static Optional<String> firstOf(Selection actions, Access access) {
        Optional<String> known = known(access).filter(actions::hasAction).findFirst();
        if (known.isPresent() || actions.negated()) {
            return known;
        }
        return actions.patterns().stream()
                .filter(S3Actions::isS3)
                .filter(pattern -> !knownPattern(pattern))
                .filter(pattern -> (access == Access.READ) == reads(pattern))
                .findFirst();
    }

    private static boolean knownPattern(String pattern) {
        var selection = new Selection(true, false, List.of(pattern));
        return Stream.concat(known(Access.READ), known(Access.WRITE)).anyMatch(selection::hasAction);
    }

    private static boolean isS3(String pattern) {
        return pattern.toLowerCase(Locale.ROOT).startsWith("s3:");
    }

    private static boolean reads(String pattern) {
        String name = pattern.substring("s3:".length()).toLowerCase(Locale.ROOT);
        return READ_VERBS.stream().anyMatch(name::startsWith);
    }
}
