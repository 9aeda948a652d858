package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.CRITICAL;
import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import io.tidelock.compliance.access.BlockPublicAccess;
import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;

/** The public access blocks, and what is public after them (rules B1 to B7). */
final class BlockPublicAccessControls {
    private static final String ALL_ON = " --public-access-block-configuration"
            + " BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true";
    private static final String BUCKET = "aws s3api put-public-access-block --bucket BUCKET" + ALL_ON;
    private static final String ACCOUNT = "aws s3control put-public-access-block --account-id ACCOUNT" + ALL_ON;
    private static final String CONFIG = "s3-bucket-level-public-access-prohibited";

    private BlockPublicAccessControls() {}

    static List<Control> all() {
        var controls = new ArrayList<Control>();
        controls.add(Control.of("bucket-public", CRITICAL, "Nothing makes the bucket public in effect")
                .because("A public policy counts unless RestrictPublicBuckets holds it, a public ACL unless"
                        + " IgnorePublicAcls or BucketOwnerEnforced does; at the bucket or above it.")
                .remedy(BUCKET)
                .also(
                        "s3_bucket_public_access",
                        "S3.2 S3.3",
                        "s3-bucket-public-read-prohibited s3-bucket-public-write-prohibited",
                        "2.21")
                .judge(BlockPublicAccessControls::bucketPublic));
        controls.add(Control.of("bpa-bucket", HIGH, "All four flags are on at the bucket")
                .because("The bucket stays closed when the account's block is taken away.")
                .remedy(BUCKET)
                .also("", "S3.8", CONFIG, "3.1.4")
                .judge(evidence -> flags(evidence.theBucket().block(), "the bucket's public access block")));
        controls.add(Control.of("bpa-effective", HIGH, "All four flags are on at the bucket or above it")
                .because("The most restrictive of organization, account and bucket is what counts.")
                .remedy(BUCKET)
                .also("s3_bucket_level_public_access_block", "S3.8", CONFIG, "3.1.4")
                .judge(evidence -> effective(evidence.effectiveBlock())));
        controls.add(Control.of("bpa-account-effective", HIGH, "All four flags are on for the account")
                .ofAccount()
                .because("It holds for every bucket of the account, those of tomorrow included.")
                .remedy(ACCOUNT)
                .also(
                        "s3_account_level_public_access_blocks",
                        "S3.1",
                        "s3-account-level-public-access-blocks s3-account-level-public-access-blocks-periodic",
                        "3.1.4")
                .judge(evidence -> effective(evidence.blockOfAccount())));
        for (Flag flag : Flag.values()) {
            controls.add(Control.of("bpa-" + flag.field(), MEDIUM, flag.field() + " is on at the bucket")
                    .because(because(flag))
                    .remedy(BUCKET)
                    .also("", "S3.8", CONFIG, "3.1.4")
                    .judge(evidence -> flag(evidence.theBucket().block(), flag)));
        }
        return controls;
    }

    private static String because(Flag flag) {
        return switch (flag) {
            case BLOCK_PUBLIC_ACLS -> "It refuses new public ACLs; those that are there stay in force.";
            case IGNORE_PUBLIC_ACLS -> "It takes the effect from every public ACL, also from those that are there.";
            case BLOCK_PUBLIC_POLICY -> "It refuses a new public policy; one that is there stays in force.";
            case RESTRICT_PUBLIC_BUCKETS ->
                "It leaves a public policy to AWS services and the bucket's own account alone.";
        };
    }

    private static Verdict flags(Collected<BlockPublicAccess> block, String name) {
        return Judging.known(
                block,
                name,
                off(BlockPublicAccess.OFF.off()),
                known -> known.off().isEmpty() ? Verdict.compliant("all four flags are on") : off(known.off()));
    }

    private static Verdict off(List<String> flags) {
        return Verdict.violation(
                flags.size() == 1 ? "one flag is off" : flags.size() + " flags are off",
                flags.stream().map(flag -> flag + "=false").toList());
    }

    private static Verdict flag(Collected<BlockPublicAccess> block, Flag flag) {
        Verdict off = off(List.of(flag.field()));
        return Judging.known(
                block,
                "the bucket's public access block",
                off,
                known -> known.has(flag) ? Verdict.compliant(flag.field() + " is on") : off);
    }

    private static Verdict effective(EffectiveBlock block) {
        List<String> off = block.flags(Truth.FALSE);
        if (!off.isEmpty()) {
            return off(off);
        }
        List<String> unclear = block.flags(Truth.UNKNOWN);
        return unclear.isEmpty()
                ? Verdict.compliant("all four flags are in force")
                : new Verdict.Unknown(block.uncertainty(), unclear);
    }

    private static Verdict bucketPublic(Evidence evidence) {
        var publicity = Publicity.of(evidence.theBucket(), evidence.effectiveBlock());
        return switch (publicity.isPublic()) {
            case TRUE -> Verdict.violation("the bucket is public", publicity.lines());
            case FALSE -> new Verdict.Compliant("nothing makes the bucket public", publicity.latent());
            case UNKNOWN -> new Verdict.Unknown(publicity.uncertainty(), publicity.latent());
        };
    }
}
