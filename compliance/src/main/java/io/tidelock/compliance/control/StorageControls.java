package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.CrossAccount;
import io.tidelock.compliance.policy.S3Actions;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.List;
import java.util.OptionalLong;

/** How objects are kept: encryption at rest, versions, locks (rules E1, E2, V1 to V3). */
final class StorageControls {
    private static final String ENCRYPT = "aws s3api put-bucket-encryption --bucket BUCKET"
            + " --server-side-encryption-configuration 'Rules=[{ApplyServerSideEncryptionByDefault={SSEAlgorithm=";

    private StorageControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("default-encryption", MEDIUM, "Objects are encrypted by default")
                        .because("Since 2023 S3 encrypts every object; other stores may not.")
                        .remedy(ENCRYPT + "AES256}}]'")
                        .also(
                                "s3_bucket_default_encryption",
                                "S3.4",
                                "s3-bucket-server-side-encryption-enabled",
                                "2.1.1")
                        .judge(StorageControls::defaultEncryption),
                Control.of("kms-encryption", MEDIUM, "Objects are encrypted with a KMS key by default")
                        .because("A key of one's own decides who may read, and its use is logged.")
                        .remedy(ENCRYPT + "aws:kms,KMSMasterKeyID=KEY_ARN}}]'")
                        .also("s3_bucket_kms_encryption", "S3.17", "s3-default-encryption-kms", "")
                        .judge(StorageControls::kmsEncryption),
                Control.of("kms-key-alias", LOW, "The default key is named by its full ARN")
                        .because("An alias or a bare id resolves in the account of whoever uploads.")
                        .remedy(ENCRYPT + "aws:kms,KMSMasterKeyID=KEY_ARN}}]'")
                        .judge(StorageControls::kmsKeyAlias),
                Control.of("versioning", MEDIUM, "Versioning is enabled")
                        .because("Without versions an overwrite or a delete is final, and nothing can be replicated.")
                        .remedy(
                                "aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled")
                        .also("s3_bucket_object_versioning", "S3.14", "s3-bucket-versioning-enabled", "")
                        .judge(StorageControls::versioning),
                Control.of("mfa-delete", MEDIUM, "Deleting a version needs a second factor")
                        .because("A stolen key alone then destroys nothing.")
                        .remedy("aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration"
                                + " Status=Enabled,MFADelete=Enabled --mfa 'SERIAL CODE'")
                        .also("s3_bucket_no_mfa_delete", "S3.20", "s3-bucket-mfa-delete-enabled", "3.1.2 2.1.2")
                        .judge(StorageControls::mfaDelete),
                Control.of("object-lock", MEDIUM, "Object Lock is on")
                        .because("What is locked cannot be deleted or overwritten before its time, by nobody.")
                        .remedy("aws s3api put-object-lock-configuration --bucket BUCKET --object-lock-configuration"
                                + " ObjectLockEnabled=Enabled")
                        .also("s3_bucket_object_lock", "S3.15", "s3-bucket-default-lock-enabled", "")
                        .judge(StorageControls::objectLock));
    }

    private static Verdict defaultEncryption(Evidence evidence) {
        return Judging.document(
                evidence,
                BucketDocument.ENCRYPTION,
                Verdict.unknown(
                        "no default encryption was told; S3 has had one for every bucket since 2023-01-05, so this"
                                + " is another store or an error"),
                node -> EncryptionRule.of(node)
                        .algorithm()
                        .map(algorithm -> Verdict.compliant("SSEAlgorithm is " + algorithm))
                        .orElseGet(() -> Verdict.unknown("encryption names no SSEAlgorithm")));
    }

    private static Verdict kmsEncryption(Evidence evidence) {
        return Judging.document(
                evidence,
                BucketDocument.ENCRYPTION,
                Verdict.violation("no default encryption is configured", List.of()),
                node -> {
                    var rule = EncryptionRule.of(node);
                    if (!rule.isKms()) {
                        return Verdict.violation(
                                "the default encryption uses no KMS key",
                                List.of("SSEAlgorithm " + rule.algorithm().orElse("missing")));
                    }
                    List<String> trusted = evidence.demands().kmsKeys();
                    String key = rule.key().orElse("the AWS managed key aws/s3");
                    return trusted.isEmpty() || trusted.contains(key)
                            ? new Verdict.Compliant("objects are encrypted with KMS", List.of(key))
                            : Verdict.violation("the key is not one of settings.kmsKeys", List.of(key));
                });
    }

    private static Verdict kmsKeyAlias(Evidence evidence) {
        return Judging.document(
                evidence,
                BucketDocument.ENCRYPTION,
                Verdict.notApplicable("no default encryption is configured"),
                node -> {
                    var rule = EncryptionRule.of(node);
                    if (!rule.isKms()) {
                        return Verdict.notApplicable("the default encryption uses no KMS key");
                    }
                    String key = rule.key().orElse("");
                    if (key.startsWith("arn:") && !key.contains(":alias/")) {
                        return new Verdict.Compliant("the key is named by its full ARN", List.of(key));
                    }
                    return foreignWriters(evidence, key.isEmpty() ? "the AWS managed key aws/s3" : key);
                });
    }

    private static Verdict foreignWriters(Evidence evidence, String key) {
        return Judging.policy(
                evidence, Verdict.compliant("there is no policy that lets another account upload"), policy -> {
                    var cross = CrossAccount.of(policy, evidence.home(), evidence.trusted());
                    List<String> writers = writers(cross.grants());
                    if (!writers.isEmpty()) {
                        return Verdict.violation("uploads of another account do not resolve the key " + key, writers);
                    }
                    List<String> unclear = writers(cross.undecided());
                    return unclear.isEmpty()
                            ? Verdict.compliant("nobody foreign uploads")
                            : new Verdict.Unknown("it cannot be told whether another account uploads", unclear);
                });
    }

    private static List<String> writers(List<CrossAccount.Grant> grants) {
        return grants.stream()
                .filter(grant -> S3Actions.firstOf(grant.statement().actions(), S3Actions.Access.WRITE)
                        .isPresent())
                .map(CrossAccount.Grant::because)
                .toList();
    }

    private static Verdict versioning(Evidence evidence) {
        return Judging.document(
                evidence,
                BucketDocument.VERSIONING,
                Verdict.violation("versioning was never enabled", List.of()),
                node -> node.path("Status").asText("").equals("Enabled")
                        ? Verdict.compliant("versioning is Enabled")
                        : Verdict.violation(
                                "versioning is not enabled",
                                List.of("Status " + node.path("Status").asText("missing"))));
    }

    /** Rule V2. */
    private static Verdict mfaDelete(Evidence evidence) {
        Verdict off = Verdict.violation("MFADelete is not enabled", List.of());
        Verdict judged = Judging.document(evidence, BucketDocument.VERSIONING, off, node -> {
            String state = node.has("MFADelete")
                    ? node.get("MFADelete").asText("")
                    : node.path("MfaDelete").asText("");
            return state.equals("Enabled") ? Verdict.compliant("MFADelete is Enabled") : off;
        });
        if (!(judged instanceof Verdict.Violation)) {
            return judged;
        }
        Collected<JsonNode> lifecycle = evidence.theBucket().document(BucketDocument.LIFECYCLE);
        if (lifecycle.known().filter(node -> !LifecycleRules.of(node).isEmpty()).isPresent()) {
            return Verdict.notApplicable("a lifecycle exists, and MFA delete cannot be combined with one");
        }
        return lifecycle instanceof Collected.Unavailable<JsonNode>
                ? Verdict.unknown(
                        "MFADelete is off; " + lifecycle.uncertainty("lifecycle, with which it cannot be combined,"))
                : judged;
    }

    /** Rule V3. */
    private static Verdict objectLock(Evidence evidence) {
        return Judging.document(
                evidence, BucketDocument.OBJECT_LOCK, Verdict.violation("Object Lock is off", List.of()), node -> {
                    var lock = ObjectLock.of(node);
                    if (!lock.enabled()) {
                        return Verdict.violation("Object Lock is off", List.of());
                    }
                    var mode = evidence.demands().objectLockMode();
                    if (mode.isPresent() && !lock.hasMode(mode.get())) {
                        return Verdict.violation(
                                "the default retention is not in mode " + mode.get(), List.of(lock.toString()));
                    }
                    OptionalLong days = evidence.demands().objectLockMinDays();
                    if (days.isPresent() && lock.days() < days.getAsLong()) {
                        return Verdict.violation(
                                "the default retention is shorter than " + days.getAsLong() + " days",
                                List.of(lock.toString()));
                    }
                    return new Verdict.Compliant("Object Lock is on", List.of(lock.toString()));
                });
    }
}
