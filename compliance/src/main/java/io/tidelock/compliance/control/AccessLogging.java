package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.access.Acl;
import io.tidelock.compliance.access.Grant;
import io.tidelock.compliance.access.Ownership;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.Truth;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Server access logs are written, and can arrive (rule V4).
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html">server access logging</a>
 */
final class AccessLogging {
    private static final String SERVICE = "logging.s3.amazonaws.com";

    private final Evidence evidence;
    private final List<String> wrong = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();
    private final List<String> unchecked = new ArrayList<>();

    private AccessLogging(Evidence evidence) {
        this.evidence = evidence;
    }

    static Control control() {
        return Control.of("access-logging", MEDIUM, "Requests are logged where the log can arrive")
                .because(
                        "The log tells who read what; a target in another region or account, under Object Lock or a KMS"
                                + " key, receives nothing.")
                .remedy("aws s3api put-bucket-logging --bucket BUCKET --bucket-logging-status"
                        + " LoggingEnabled={TargetBucket=LOGS,TargetPrefix=BUCKET/}")
                .also("s3_bucket_server_access_logging_enabled", "S3.9", "s3-bucket-logging-enabled", "4.4 3.4")
                .judge(evidence -> {
                    Verdict off = Verdict.violation("requests are not logged", List.of());
                    return Judging.document(evidence, BucketDocument.LOGGING, off, node -> {
                        String target =
                                node.path("LoggingEnabled").path("TargetBucket").asText("");
                        return target.isEmpty() ? off : new AccessLogging(evidence).judge(target);
                    });
                });
    }

    private Verdict judge(String target) {
        if (target.equals(evidence.theBucket().name())) {
            return Verdict.violation("the bucket logs into itself, and each log makes a further one", List.of(target));
        }
        if (evidence.others() instanceof Collected.Unavailable<?>) {
            return Verdict.unknown(evidence.others().uncertainty("the log's target"));
        }
        evidence.other(target)
                .ifPresentOrElse(this::target, () -> unchecked.add("the target " + target + " was not collected"));
        if (!wrong.isEmpty()) {
            return Verdict.violation("logs cannot arrive in " + target, wrong);
        }
        if (!unclear.isEmpty()) {
            return new Verdict.Unknown("it is not certain that logs arrive in " + target, unclear);
        }
        return new Verdict.Compliant("requests are logged into " + target, unchecked);
    }

    private void target(BucketEvidence target) {
        String region = evidence.theBucket().region();
        if (region != null && target.region() != null && !region.equals(target.region())) {
            wrong.add("the target is in region " + target.region() + ", the bucket in " + region);
        }
        String account = evidence.home().account();
        if (account != null && target.account() != null && !account.equals(target.account())) {
            wrong.add("the target belongs to account " + target.account() + ", the bucket to " + account);
        }
        with(target, BucketDocument.OBJECT_LOCK, node -> {
            if (!ObjectLock.of(node).mode().isEmpty()) {
                wrong.add("the target has a default retention");
            }
        });
        with(target, BucketDocument.ENCRYPTION, node -> {
            if (EncryptionRule.of(node).isKms()) {
                wrong.add("the target encrypts with a KMS key; only SSE-S3 works");
            }
        });
        Truth delivered = byPolicy(target.policy()).or(byAcl(target));
        if (delivered == Truth.FALSE) {
            wrong.add("neither the target's policy nor its ACL lets " + SERVICE + " write");
        } else if (delivered == Truth.UNKNOWN) {
            boolean denied = target.policy() instanceof Collected.Unavailable<Policy>
                    || target.acl() instanceof Collected.Unavailable<Acl>;
            (denied ? unclear : unchecked).add("whether " + SERVICE + " may write there is not known");
        }
    }

    private void with(BucketEvidence target, BucketDocument document, Consumer<JsonNode> check) {
        Collected<JsonNode> collected = target.document(document);
        collected.known().ifPresent(check);
        if (collected instanceof Collected.Unavailable<JsonNode>) {
            unclear.add(collected.uncertainty("the target's " + document.key()));
        } else if (!collected.certain()) {
            unchecked.add(collected.uncertainty("the target's " + document.key()));
        }
    }

    private static Truth byPolicy(Collected<Policy> policy) {
        return switch (policy) {
            case Collected.Known<Policy>(var known) ->
                known.allows()
                                .anyMatch(statement -> statement.actions().hasAction("s3:PutObject")
                                        && statement.principals().values().stream()
                                                .anyMatch(principal -> principal.isEveryone()
                                                        || (principal.type() == Principal.Type.SERVICE
                                                                && principal
                                                                        .value()
                                                                        .equals(SERVICE))))
                        ? Truth.TRUE
                        : known.defects().isEmpty() ? Truth.FALSE : Truth.UNKNOWN;
            case Collected.NotConfigured<Policy> _ -> Truth.FALSE;
            case Collected.NotCollected<Policy> _, Collected.Unavailable<Policy> _ -> Truth.UNKNOWN;
        };
    }

    private static Truth byAcl(BucketEvidence target) {
        Truth grants = switch (target.acl()) {
            case Collected.Known<Acl>(var known) ->
                Truth.of(known.grants().stream()
                        .anyMatch(grant -> grant.kind() == Grant.Kind.LOG_DELIVERY && grant.gives("WRITE")));
            case Collected.NotConfigured<Acl> _ -> Truth.FALSE;
            case Collected.NotCollected<Acl> _, Collected.Unavailable<Acl> _ -> Truth.UNKNOWN;
        };
        return grants.and(Ownership.enforced(target.ownership()).not());
    }
}
