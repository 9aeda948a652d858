package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PresignedUrls;
import io.tidelock.compliance.policy.Refusal;
import io.tidelock.compliance.policy.RequiredEncryption;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/** What the policy demands of uploads and of presigned URLs (rules E3 to E7 and S). */
final class UploadControls {
    private static final String PUT = "aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json";

    private UploadControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("require-sse-header", LOW, "An upload must say how it is encrypted")
                        .whenChosen()
                        .because("Who must name the encryption has thought of it.")
                        .remedy(PUT)
                        .judge(evidence -> refused(
                                evidence, RequiredEncryption::refusesBare, "an upload without an encryption header")),
                Control.of("require-sse-s3", LOW, "An upload must be encrypted with SSE-S3")
                        .whenChosen()
                        .because("Keys that nobody administers cannot be lost or shared.")
                        .remedy(PUT)
                        .judge(evidence -> typed(
                                evidence,
                                RequiredEncryption::refusesOtherThanSseS3,
                                Set.of("AES256"),
                                "an upload under another kind of encryption than SSE-S3")),
                Control.of("require-sse-kms", LOW, "An upload must be encrypted with SSE-KMS")
                        .whenChosen()
                        .because("A key of one's own decides who may read, and its use is logged.")
                        .remedy(PUT)
                        .judge(evidence -> typed(
                                evidence,
                                RequiredEncryption::refusesOtherThanSseKms,
                                Set.of("aws:kms", "aws:kms:dsse"),
                                "an upload under another kind of encryption than SSE-KMS")),
                Control.of("require-sse-c", LOW, "An upload must bring its own key")
                        .whenChosen()
                        .because("With SSE-C the provider does not keep the key.")
                        .remedy(PUT)
                        .judge(evidence -> refused(
                                evidence,
                                RequiredEncryption::refusesOtherThanSseC,
                                "an upload without a customer's key")),
                Control.of("require-kms-key", LOW, "An upload may only use a named KMS key")
                        .whenChosen()
                        .because("An upload under a key of somebody else is read by somebody else, or by nobody.")
                        .remedy(PUT)
                        .judge(evidence -> refused(
                                evidence,
                                RequiredEncryption::refusesOtherKeys,
                                "an upload under a key that the policy does not name")),
                Control.of("sse-c-refused", MEDIUM, "Uploads with a customer's key are refused")
                        .whenChosen()
                        .because("Whoever uploads under a key that nobody else has holds the data to ransom.")
                        .remedy("aws s3api put-bucket-encryption --bucket BUCKET --server-side-encryption-configuration"
                                + " 'Rules=[{BlockedEncryptionTypes={EncryptionType=[SSE-C]}}]'")
                        .judge(UploadControls::sseCRefused),
                Control.of("sse-condition-inverted", HIGH, "No Allow asks for missing or wrong encryption")
                        .because("Allow with StringNotEquals grants exactly the upload that was to be refused.")
                        .remedy(PUT)
                        .judge(evidence -> Judging.policy(
                                evidence,
                                Verdict.compliant("there is no bucket policy"),
                                policy -> Judging.absent(
                                        policy,
                                        RequiredEncryption.inverted(policy),
                                        "an Allow asks for missing or wrong encryption"))),
                Control.of("presign-max-age", LOW, "Presigned URLs end early")
                        .whenChosen()
                        .because(
                                "A presigned URL is a password in a link; the policy alone can shorten its seven days.")
                        .remedy(PUT)
                        .judge(UploadControls::presignedUrls));
    }

    private static Verdict refused(
            Evidence evidence, BiFunction<Policy, BucketResource, Refusal> question, String what) {
        BucketResource bucket = evidence.theBucket().resource();
        return Judging.policy(
                evidence,
                Verdict.violation("there is no bucket policy that refuses " + what, List.of()),
                policy -> bucket == null
                        ? Verdict.unknown("the snapshot does not name the bucket")
                        : verdict(question.apply(policy, bucket), what));
    }

    private static Verdict verdict(Refusal refusal, String what) {
        return switch (refusal.refused()) {
            case TRUE -> new Verdict.Compliant(what + " is refused", refusal.because());
            case FALSE -> Verdict.violation(what + " is not refused", refusal.because());
            case UNKNOWN -> new Verdict.Unknown("nothing that could be understood refuses " + what, refusal.because());
        };
    }

    /** Rule E4: the wrong type is refused, and an upload that names none is refused or gets the right one by default. */
    private static Verdict typed(
            Evidence evidence,
            BiFunction<Policy, BucketResource, Refusal> question,
            Set<String> algorithms,
            String what) {
        Verdict wrongType = refused(evidence, question, what);
        if (!(wrongType instanceof Verdict.Compliant)) {
            return wrongType;
        }
        Verdict bare = refused(evidence, RequiredEncryption::refusesBare, "an upload that names no encryption");
        if (bare instanceof Verdict.Compliant) {
            return wrongType;
        }
        var lines = new ArrayList<>(wrongType.evidence());
        lines.addAll(bare.evidence());
        Collected<JsonNode> encryption = evidence.theBucket().document(BucketDocument.ENCRYPTION);
        if (encryption instanceof Collected.Unavailable<JsonNode>) {
            return new Verdict.Unknown(encryption.uncertainty("the default encryption of other uploads"), lines);
        }
        boolean byDefault = encryption
                .known()
                .map(EncryptionRule::of)
                .flatMap(EncryptionRule::algorithm)
                .filter(algorithms::contains)
                .isPresent();
        lines.add(
                byDefault
                        ? "an upload that names no encryption gets the bucket's default, which is of the right kind"
                        : "an upload that names no encryption is not refused");
        return byDefault
                ? new Verdict.Compliant(what + " is refused", lines)
                : Verdict.violation("an upload that names no encryption is not refused", lines);
    }

    private static Verdict sseCRefused(Evidence evidence) {
        Collected<JsonNode> encryption = evidence.theBucket().document(BucketDocument.ENCRYPTION);
        if (encryption
                .known()
                .map(EncryptionRule::of)
                .filter(EncryptionRule::blocksSseC)
                .isPresent()) {
            return Verdict.compliant("BlockedEncryptionTypes names SSE-C");
        }
        Verdict byPolicy = refused(evidence, RequiredEncryption::refusesSseC, "an upload with a customer's key");
        return byPolicy instanceof Verdict.Violation && !encryption.certain()
                ? new Verdict.Unknown(encryption.uncertainty("encryption"), byPolicy.evidence())
                : byPolicy;
    }

    private static Verdict presignedUrls(Evidence evidence) {
        long ageMaxMs = evidence.demands().maxSignatureAgeMs();
        return refused(
                evidence,
                (policy, bucket) -> PresignedUrls.refusesOlderThan(policy, bucket, ageMaxMs),
                "a presigned URL older than " + ageMaxMs + " ms");
    }
}
