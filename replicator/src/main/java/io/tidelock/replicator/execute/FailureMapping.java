package io.tidelock.replicator.execute;

import io.tidelock.replicator.execute.Verdict.LookAgain;
import io.tidelock.replicator.execute.Verdict.Needless;
import io.tidelock.replicator.execute.Verdict.Permanent;
import io.tidelock.replicator.execute.Verdict.TryLater;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;

/** S3's failure codes for what a store refused, by side, API action and kind of failure (rule 38: permanent or not). */
final class FailureMapping {
    private FailureMapping() {}

    static Verdict of(SidedException failure) {
        var atSource = failure.side() == Side.SOURCE;
        return switch (failure.refusal().failure()) {
            case NOT_FOUND, PRECONDITION -> new LookAgain();
            case UNAVAILABLE -> new TryLater(atSource ? FailureReason.SRC_UNAVAILABLE : FailureReason.DST_UNAVAILABLE);
            case THROTTLED -> new TryLater(atSource ? FailureReason.SRC_THROTTLED : FailureReason.DST_THROTTLED);
            case CHECKSUM_MISMATCH -> new TryLater(FailureReason.REPLICA_DIFFERS);
            case ARCHIVED -> atSource ? new Needless(SkipReason.ARCHIVED) : new Permanent(FailureReason.DST_ARCHIVED);
            case CUSTOMER_KEY_NEEDED ->
                atSource
                        ? new Needless(SkipReason.SSE_C_UNREADABLE)
                        : new Permanent(FailureReason.DST_CUSTOMER_KEY_MISSING);
            case BUCKET_NOT_FOUND ->
                new Permanent(atSource ? FailureReason.SrcBucketNotFound : FailureReason.DstBucketNotFound);
            case WRONG_REGION ->
                new Permanent(atSource ? FailureReason.SrcBucketInvalidRegion : FailureReason.DstBucketInvalidRegion);
            case CREDENTIALS_UNAVAILABLE -> new TryLater(FailureReason.CREDENTIALS_UNAVAILABLE);
            case CREDENTIALS -> new Permanent(FailureReason.AssumeRoleNotPermitted);
            case KMS_KEY_NOT_FOUND ->
                new Permanent(atSource ? FailureReason.SrcKmsKeyInvalidState : FailureReason.DstKmsKeyNotFound);
            case KMS_KEY_INVALID_STATE ->
                new Permanent(atSource ? FailureReason.SrcKmsKeyInvalidState : FailureReason.DstKmsKeyInvalidState);
            case UNSUPPORTED -> new Permanent(FailureReason.STORE_CANNOT);
            case TOO_MANY_VERSIONS -> new Permanent(FailureReason.TOO_MANY_VERSIONS);
            case INVALID_REQUEST -> new Permanent(FailureReason.REQUEST_REFUSED);
            case DENIED -> new Permanent(atSource ? deniedAtSource(failure) : deniedAtDestination(failure));
        };
    }

    private static FailureReason deniedAtSource(SidedException failure) {
        return switch (failure.refusal().operation()) {
            case "HeadObject" -> FailureReason.SrcHeadObjectNotPermitted;
            case "GetObjectTagging" -> FailureReason.SrcGetTaggingNotPermitted;
            case "GetObjectAcl" -> FailureReason.SrcGetAclNotPermitted;
            case "GetObjectRetention", "GetObjectLegalHold" -> FailureReason.SRC_GET_LOCK_NOT_PERMITTED;
            case "GetObject" -> FailureReason.SrcGetObjectNotPermitted;
            default -> FailureReason.InitiateReplicationNotPermitted;
        };
    }

    private static FailureReason deniedAtDestination(SidedException failure) {
        return switch (failure.refusal().operation()) {
            case "PutObject", "CopyObject" -> FailureReason.DstPutObjectNotPermitted;
            case "CreateMultipartUpload" -> FailureReason.DstMultipartInitNotPermitted;
            case "UploadPart", "UploadPartCopy" -> FailureReason.DstMultipartPartUploadNotPermitted;
            case "CompleteMultipartUpload" -> FailureReason.DstMultipartCompleteNotPermitted;
            case "DeleteObject" -> FailureReason.DstDelObjNotPermitted;
            case "PutObjectTagging" -> FailureReason.DstPutTaggingNotPermitted;
            case "GetObjectTagging" -> FailureReason.DST_GET_TAGGING_NOT_PERMITTED;
            case "PutObjectAcl" -> FailureReason.DstPutAclNotPermitted;
            case "GetObjectAcl" -> FailureReason.DST_GET_ACL_NOT_PERMITTED;
            case "GetObjectRetention", "GetObjectLegalHold" -> FailureReason.DST_GET_LOCK_NOT_PERMITTED;
            case "PutObjectLegalHold" -> FailureReason.DstPutLegalHoldNotPermitted;
            case "PutObjectRetention" -> FailureReason.DST_PUT_RETENTION_NOT_PERMITTED;
            default -> FailureReason.DST_HEAD_OBJECT_NOT_PERMITTED;
        };
    }
}
