package io.tidelock.compliance.iam;

import java.util.regex.Pattern;

/**
 * One end of a replication: a bucket, where it lives, and who works on it there.
 *
 * @param bucket the bucket's name
 * @param region the bucket's region, which also tells the partition
 * @param account the twelve digits of the account that owns the bucket
 * @param principal the ARN of the role or user that reads or writes it
 */
public record Side(String bucket, String region, String account, String principal) {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern PRINCIPAL = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+");

    public Side {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new IllegalArgumentException(
                    "account of bucket " + bucket + " must be twelve digits, was \"" + account + "\"");
        }
        if (!PRINCIPAL.matcher(principal).matches()) {
            throw new IllegalArgumentException("principal for bucket " + bucket
                    + " must be the ARN of an IAM role or user, was \"" + principal + "\"");
        }
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public String partition() {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    public String bucketArn() {
        return "arn:" + partition() + ":s3:::" + bucket;
    }

    /** The account that the principal belongs to. */
    public String principalAccount() {
        return Trust.accountOf(principal);
    }

    /** Whether the bucket belongs to another account than the principal, so that the bucket's policy must allow it. */
    public boolean crossAccount() {
        return !principalAccount().equals(account);
    }

    /** The service name that {@code kms:ViaService} carries when S3 uses a key for this bucket. */
    public String s3Service() {
        return "s3." + region + ".amazonaws.com" + (partition().equals("aws-cn") ? ".cn" : "");
    }
}
