package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.execute.Verdict.LookAgain;
import io.tidelock.replicator.execute.Verdict.Needless;
import io.tidelock.replicator.execute.Verdict.Permanent;
import io.tidelock.replicator.execute.Verdict.TryLater;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureMappingTest {
    private static Verdict of(Side side, String operation, StoreFailure failure) {
        return FailureMapping.of(new SidedException(side, new StoreException(failure, operation, "test", null)));
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE,HeadObject,SrcHeadObjectNotPermitted",
        "SOURCE,GetObject,SrcGetObjectNotPermitted",
        "SOURCE,GetObjectTagging,SrcGetTaggingNotPermitted",
        "SOURCE,GetObjectAcl,SrcGetAclNotPermitted",
        "SOURCE,GetObjectRetention,SRC_GET_LOCK_NOT_PERMITTED",
        "SOURCE,GetObjectLegalHold,SRC_GET_LOCK_NOT_PERMITTED",
        "SOURCE,ListObjectVersions,InitiateReplicationNotPermitted",
        "DESTINATION,PutObject,DstPutObjectNotPermitted",
        "DESTINATION,CreateMultipartUpload,DstMultipartInitNotPermitted",
        "DESTINATION,UploadPart,DstMultipartPartUploadNotPermitted",
        "DESTINATION,CompleteMultipartUpload,DstMultipartCompleteNotPermitted",
        "DESTINATION,DeleteObject,DstDelObjNotPermitted",
        "DESTINATION,PutObjectTagging,DstPutTaggingNotPermitted",
        "DESTINATION,PutObjectAcl,DstPutAclNotPermitted",
        "DESTINATION,PutObjectLegalHold,DstPutLegalHoldNotPermitted",
        "DESTINATION,PutObjectRetention,DST_PUT_RETENTION_NOT_PERMITTED",
        "DESTINATION,GetObjectTagging,DST_GET_TAGGING_NOT_PERMITTED",
        "DESTINATION,GetObjectAcl,DST_GET_ACL_NOT_PERMITTED",
        "DESTINATION,GetObjectRetention,DST_GET_LOCK_NOT_PERMITTED",
        "DESTINATION,GetObjectLegalHold,DST_GET_LOCK_NOT_PERMITTED",
        "DESTINATION,HeadObject,DST_HEAD_OBJECT_NOT_PERMITTED"
    })
    void rule_33_and_31_what_is_denied_is_named_as_s3_names_it(Side side, String operation, FailureReason expected) {
        assertThat(of(side, operation, StoreFailure.DENIED)).isEqualTo(new Permanent(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE,BUCKET_NOT_FOUND,SrcBucketNotFound",
        "DESTINATION,BUCKET_NOT_FOUND,DstBucketNotFound",
        "SOURCE,WRONG_REGION,SrcBucketInvalidRegion",
        "DESTINATION,WRONG_REGION,DstBucketInvalidRegion",
        "SOURCE,CREDENTIALS,AssumeRoleNotPermitted",
        "DESTINATION,KMS_KEY_NOT_FOUND,DstKmsKeyNotFound",
        "DESTINATION,KMS_KEY_INVALID_STATE,DstKmsKeyInvalidState",
        "SOURCE,KMS_KEY_INVALID_STATE,SrcKmsKeyInvalidState",
        "DESTINATION,UNSUPPORTED,STORE_CANNOT",
        "SOURCE,TOO_MANY_VERSIONS,TOO_MANY_VERSIONS",
        "DESTINATION,INVALID_REQUEST,REQUEST_REFUSED"
    })
    void what_only_a_person_can_mend_is_permanent(Side side, StoreFailure failure, FailureReason expected) {
        assertThat(of(side, "PutObject", failure)).isEqualTo(new Permanent(expected));
    }

    @ParameterizedTest
    @EnumSource(StoreFailure.class)
    void whatever_may_pass_is_tried_later_and_nothing_else(StoreFailure failure) {
        for (var side : Side.values()) {
            assertThat(of(side, "GetObject", failure) instanceof TryLater).isEqualTo(failure.retryable());
        }
    }

    @Test
    void what_is_not_there_any_more_asks_for_another_look() {
        assertThat(of(Side.SOURCE, "GetObject", StoreFailure.NOT_FOUND)).isEqualTo(new LookAgain());
        assertThat(of(Side.DESTINATION, "PutObject", StoreFailure.PRECONDITION)).isEqualTo(new LookAgain());
    }

    @Test
    void what_cannot_be_read_by_rule_is_needless() {
        assertThat(of(Side.SOURCE, "GetObject", StoreFailure.ARCHIVED)).isEqualTo(new Needless(SkipReason.ARCHIVED));
        assertThat(of(Side.SOURCE, "GetObject", StoreFailure.CUSTOMER_KEY_NEEDED))
                .isEqualTo(new Needless(SkipReason.SSE_C_UNREADABLE));
    }
}
