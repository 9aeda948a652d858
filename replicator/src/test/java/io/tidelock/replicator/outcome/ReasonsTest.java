package io.tidelock.replicator.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    /** S3's user guide, "Amazon S3 replication failure reasons". */
    private static final List<String> OF_S3 = List.of(
            "AssumeRoleNotPermitted",
            "DstBucketInvalidRegion",
            "DstBucketNotFound",
            "DstBucketObjectLockConfigMissing",
            "DstBucketUnversioned",
            "DstDelObjNotPermitted",
            "DstKmsKeyInvalidState",
            "DstKmsKeyNotFound",
            "DstMultipartCompleteNotPermitted",
            "DstMultipartInitNotPermitted",
            "DstMultipartPartUploadNotPermitted",
            "DstObjectHardDeleted",
            "DstPutAclNotPermitted",
            "DstPutLegalHoldNotPermitted",
            "DstPutObjectNotPermitted",
            "DstPutTaggingNotPermitted",
            "DstVersionNotFound",
            "InitiateReplicationNotPermitted",
            "SrcBucketInvalidRegion",
            "SrcBucketNotFound",
            "SrcBucketReplicationConfigMissing",
            "SrcGetAclNotPermitted",
            "SrcGetObjectNotPermitted",
            "SrcGetTaggingNotPermitted",
            "SrcHeadObjectNotPermitted",
            "SrcKmsKeyInvalidState",
            "SrcObjectNotEligible",
            "SrcVersionNotFound");

    @Test
    void every_failure_code_of_s3_is_a_reason_in_s3s_own_spelling() {
        assertThat(OF_S3).hasSize(28);
        assertThat(Arrays.stream(FailureReason.values()).map(Enum::name)).containsAll(OF_S3);
    }

    @Test
    void every_reason_tells_a_person_what_to_do() {
        assertThat(FailureReason.values())
                .allSatisfy(reason -> assertThat(reason.remedy())
                        .as(reason.name())
                        .hasSizeGreaterThan(15)
                        .doesNotEndWith("."));
    }
}
