package io.tidelock.replicator.outcome;

/** Why an operation failed: S3's own failure codes in S3's spelling, then Tidelock's. Each has a remedy. */
@SuppressWarnings("MemberName") // the codes are S3's own
public enum FailureReason {
    AssumeRoleNotPermitted(
            "let the store's credentials assume the role they name: check the role's trust policy and external id"),
    DstBucketNotFound("create the destination bucket or correct Destination.Bucket"),
    DstBucketInvalidRegion("set the destination store's region to the bucket's region"),
    DstBucketObjectLockConfigMissing(
            "enable object lock on the destination bucket; where it is on, grant s3:GetBucketObjectLockConfiguration, without which that is not seen"),
    DstBucketUnversioned("enable versioning on the destination bucket"),
    DstDelObjNotPermitted("grant s3:ReplicateDelete or s3:DeleteObject on the destination"),
    DstKmsKeyInvalidState("enable the destination KMS key, or name another in ReplicaKmsKeyID"),
    DstKmsKeyNotFound(
            "name an existing key of the destination's region in ReplicaKmsKeyID, as a full ARN, and grant kms:GenerateDataKey"),
    DstMultipartInitNotPermitted(
            "grant s3:PutObject on the destination and, for SSE-KMS, kms:GenerateDataKey and kms:Decrypt on the replica's key"),
    DstMultipartPartUploadNotPermitted(
            "grant s3:PutObject on the destination and, for SSE-KMS, kms:GenerateDataKey and kms:Decrypt on the replica's key"),
    DstMultipartCompleteNotPermitted(
            "grant s3:PutObject on the destination and, for SSE-KMS, kms:GenerateDataKey and kms:Decrypt on the replica's key"),
    DstObjectHardDeleted("somebody removed the replica for good; copy it again with a resync if that was wrong"),
    DstPutAclNotPermitted("grant s3:PutObjectAcl on the destination"),
    DstPutLegalHoldNotPermitted("grant s3:PutObjectLegalHold on the destination"),
    DstPutObjectNotPermitted(
            "grant s3:PutObject (and, with owner override, s3:ObjectOwnerOverrideToBucketOwner) on the destination, and, for SSE-KMS, kms:GenerateDataKey on the replica's key"),
    DstPutTaggingNotPermitted("grant s3:PutObjectTagging on the destination"),
    DstVersionNotFound("the replica's version is gone; copy it again with a resync"),
    InitiateReplicationNotPermitted("grant the replication role what tidelock check names"),
    SrcBucketInvalidRegion("set the source store's region to the bucket's region"),
    SrcBucketNotFound("correct the source bucket's name, or remove its rules"),
    SrcBucketReplicationConfigMissing(
            "put a replication configuration on the source bucket, or give its rules in the configuration file; then redrive or resync. If it is not to be replicated any more, remove it from the file"),
    SrcBucketUnversioned("enable versioning on the source bucket"),
    SrcGetAclNotPermitted("grant s3:GetObjectVersionAcl on the source"),
    SrcGetObjectNotPermitted("grant s3:GetObjectVersion and, for SSE-KMS, kms:Decrypt on the source"),
    SrcGetTaggingNotPermitted("grant s3:GetObjectVersionTagging on the source"),
    SrcHeadObjectNotPermitted("grant s3:GetObjectVersion and s3:ListBucket on the source"),
    SrcKmsKeyInvalidState("enable the source KMS key"),
    SrcObjectNotEligible("nothing: such objects are never replicated, and the reason of the skip says why"),
    SrcVersionNotFound("nothing: the version is gone at the source"),
    SRC_GET_LOCK_NOT_PERMITTED(
            "grant s3:GetObjectRetention and s3:GetObjectLegalHold on the source; where it has no object lock, s3:GetBucketObjectLockConfiguration is enough"),
    DST_HEAD_OBJECT_NOT_PERMITTED(
            "grant s3:GetObject, s3:GetObjectVersion and s3:ListBucketVersions on the destination"),
    DST_CUSTOMER_KEY_MISSING("add the SSE-C key to the destination store's customerKeys"),
    DST_ARCHIVED("restore the current version at the destination, then redrive the late one"),
    DST_PUT_RETENTION_NOT_PERMITTED("grant s3:PutObjectRetention on the destination"),
    DST_GET_TAGGING_NOT_PERMITTED("grant s3:GetObjectVersionTagging on the destination"),
    DST_GET_ACL_NOT_PERMITTED("grant s3:GetObjectVersionAcl on the destination"),
    DST_GET_LOCK_NOT_PERMITTED(
            "grant s3:GetObjectRetention and s3:GetObjectLegalHold on the destination; where it has no object lock, s3:GetBucketObjectLockConfiguration is enough"),
    DST_OWNER_NOT_OVERRIDDEN(
            "give the destination store credentials of the destination account, or set BucketOwnerEnforced on the bucket"),
    REPLICA_DIFFERS("the replica did not match after the copy; see the detail"),
    MARK_DOES_NOT_FIT("shorten the object's user metadata: a two-way rule needs room for the origin mark"),
    STORE_CANNOT("the destination's server cannot do this; see the detail"),
    CREDENTIALS_UNAVAILABLE(
            "a store's credentials cannot be had, have expired, or its clock is another; tried again by itself"),
    SRC_UNAVAILABLE("the source store does not answer or fails; tried again by itself"),
    SRC_THROTTLED("the source store asks to slow down; tried again by itself"),
    DST_UNAVAILABLE("the destination store does not answer or fails; tried again by itself"),
    DST_THROTTLED("the destination store asks to slow down; tried again by itself"),
    KEEPS_CHANGING("the object changed at every look; tried again by itself"),
    TOO_MANY_VERSIONS("let lifecycle remove old versions and markers of the key, then redrive"),
    REQUEST_REFUSED("the store refused the request; see the detail");

    private final String remedy;

    FailureReason(String remedy) {
        this.remedy = remedy;
    }

    /** What a person can do about it. */
    public String remedy() {
        return remedy;
    }
}
