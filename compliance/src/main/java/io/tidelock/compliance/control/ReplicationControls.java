package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.HIGH;
import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.control.Replication.Destination;
import io.tidelock.compliance.control.Replication.Finding;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.Truth;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether replication is there and can work at its destination (checks 21, R03, R04, R12, R13). */
final class ReplicationControls {
    private static final String PUT =
            "aws s3api put-bucket-replication --bucket BUCKET --replication-configuration file://replication.json";

    private ReplicationControls() {}

    static List<Control> all() {
        var controls = new ArrayList<>(List.of(
                Control.of("replication-configured", LOW, "The bucket is replicated")
                        .because("One bucket in one region is one accident away from nothing.")
                        .remedy(PUT)
                        .also("", "S3.7", "s3-bucket-replication-enabled", "")
                        .judge(ReplicationControls::configured),
                Control.of("cross-region-replication", LOW, "The bucket is replicated into another region")
                        .because("A region can fail as a whole.")
                        .remedy(PUT)
                        .also(
                                "s3_bucket_cross_region_replication",
                                "S3.7",
                                "s3-bucket-cross-region-replication-enabled",
                                "")
                        .judge(ReplicationControls::crossRegion),
                Control.of("replication-destination-exists", HIGH, "Every destination bucket exists")
                        .because("Objects for a bucket that is not there end FAILED, and are not tried again.")
                        .remedy(PUT)
                        .judge(ReplicationControls::exists),
                Control.of(
                                "replication-replica-kms-region",
                                HIGH,
                                "The key for replicas is in the destination's region")
                        .because("S3 takes a key of another region without complaint and then fails every object.")
                        .remedy(PUT)
                        .judge(evidence -> Replication.each(evidence, ReplicationControls::keyRegion)),
                Control.of("r03-replica-kms-key", HIGH, "The key for replicas is named in full and of a known account")
                        .because("An alias or a bare id resolves in the account of whoever uses it; a key of a stranger"
                                + " makes every replica the stranger's to read or to lose.")
                        .remedy(PUT)
                        .judge(evidence -> Replication.each(evidence, one -> replicaKey(evidence, one))),
                Control.of(
                                "r04-replica-sse-c-blocked",
                                MEDIUM,
                                "The destination takes what the source may hold under SSE-C")
                        .because(
                                "Replicas of SSE-C objects keep their key; a destination that blocks SSE-C refuses them.")
                        .remedy("aws s3api get-bucket-encryption --bucket BUCKET")
                        .judge(evidence -> Replication.each(evidence, one -> sseC(evidence, one))),
                Control.of("requester-pays-destination", MEDIUM, "No destination is a Requester Pays bucket")
                        .because("S3 does not replicate into a Requester Pays bucket.")
                        .remedy("aws s3api put-bucket-request-payment --bucket BUCKET --request-payment-configuration"
                                + " Payer=BucketOwner")
                        .judge(evidence -> Replication.each(evidence, ReplicationControls::requesterPays))));
        Control versioned = Control.of("replication-destination-versioned", HIGH, "Every destination is versioned")
                .because("S3 replicates versions into versioned buckets only.")
                .remedy(
                        "aws s3api put-bucket-versioning --bucket DESTINATION --versioning-configuration Status=Enabled")
                .judge(evidence -> Replication.each(evidence, ReplicationControls::versioned));
        Control locked = Control.of(
                        "replication-destination-object-lock", HIGH, "A locked source has locked destinations")
                .because("A locked version is not replicated into a bucket without Object Lock.")
                .remedy("aws s3api put-object-lock-configuration --bucket DESTINATION --object-lock-configuration"
                        + " ObjectLockEnabled=Enabled")
                .judge(ReplicationControls::locked);
        controls.add(versioned);
        controls.add(versioned.alias("r13-destination-versioning"));
        controls.add(locked);
        controls.add(locked.alias("r12-destination-lock"));
        return controls;
    }

    private static Verdict configured(Evidence evidence) {
        ReplicationDocument document = evidence.theBucket().replication();
        List<String> destinations = document.destinations();
        if (!destinations.isEmpty()) {
            return new Verdict.Compliant("the bucket is replicated", destinations);
        }
        return withoutRule(evidence, document);
    }

    /** A known replica needs no rule of its own. */
    private static Verdict withoutRule(Evidence evidence, ReplicationDocument document) {
        Truth replica = Replication.isReplica(evidence);
        if (replica == Truth.TRUE) {
            return Verdict.notApplicable("the bucket is itself a replica");
        }
        if (!document.state().certain()) {
            return Verdict.unknown(document.state().uncertainty("the replication configuration"));
        }
        if (!document.defects().isEmpty()) {
            return new Verdict.Unknown("the replication configuration could not be understood", document.defects());
        }
        return replica == Truth.UNKNOWN
                ? Verdict.unknown("no rule is in force, and it is not known whether the bucket is itself a replica")
                : Verdict.violation("no replication rule is in force", List.of());
    }

    private static Verdict crossRegion(Evidence evidence) {
        ReplicationDocument document = evidence.theBucket().replication();
        if (document.destinations().isEmpty()) {
            return withoutRule(evidence, document);
        }
        String region = evidence.theBucket().region();
        var same = new ArrayList<String>();
        boolean unclear = region == null;
        for (String name : document.destinations()) {
            String other = evidence.other(name).map(BucketEvidence::region).orElse(null);
            if (region != null && other != null && !other.equals(region)) {
                return new Verdict.Compliant(
                        "the bucket is replicated into another region", List.of(name + " in " + other));
            }
            unclear |= other == null;
            same.add(name + " in " + (other == null ? "a region that is not known" : other));
        }
        return unclear
                ? new Verdict.Unknown("the region of the bucket or of a destination is not known", same)
                : Verdict.violation("every destination is in the bucket's own region " + region, same);
    }

    private static Verdict exists(Evidence evidence) {
        return Replication.each(evidence, one -> {
            if (one.name() == null) {
                return new Finding.Bad(one.label() + ": no destination bucket is named");
            }
            if (one.name().equals(evidence.theBucket().name())) {
                return new Finding.Bad(one.label() + ": the bucket is its own destination");
            }
            if (!evidence.others().certain()) {
                return new Finding.Unclear(
                        one.label() + ": " + evidence.others().uncertainty("the list of other buckets"));
            }
            boolean gone = one.bucket()
                    .filter(bucket -> Arrays.stream(BucketDocument.values())
                            .anyMatch(document ->
                                    bucket.document(document) instanceof Collected.Unavailable<JsonNode>(var reason)
                                            && reason.equals("NoSuchBucket")))
                    .isPresent();
            return one.bucket().isPresent() && !gone
                    ? new Finding.Fine(one.label() + ": the destination exists")
                    : new Finding.Bad(one.label() + ": no such bucket");
        });
    }

    private static Finding versioned(Destination one) {
        var off = new Finding.Bad(one.label() + ": the destination is not versioned");
        return Replication.collected(
                one,
                bucket -> Replication.known(
                        one,
                        bucket.document(BucketDocument.VERSIONING),
                        "versioning",
                        off,
                        node -> node.path("Status").asText("").equals("Enabled")
                                ? new Finding.Fine(one.label() + ": the destination is versioned")
                                : off));
    }

    private static Verdict locked(Evidence evidence) {
        return Replication.whole(
                evidence,
                _ -> Judging.document(
                        evidence,
                        BucketDocument.OBJECT_LOCK,
                        Verdict.notApplicable("the source has no Object Lock"),
                        source -> ObjectLock.of(source).enabled()
                                ? Replication.each(evidence, ReplicationControls::locked)
                                : Verdict.notApplicable("the source has no Object Lock")));
    }

    private static Finding locked(Destination one) {
        var off = new Finding.Bad(one.label() + ": the source has Object Lock, the destination has not");
        return Replication.collected(
                one,
                bucket -> Replication.known(
                        one,
                        bucket.document(BucketDocument.OBJECT_LOCK),
                        "objectLock",
                        off,
                        node -> ObjectLock.of(node).enabled()
                                ? new Finding.Fine(one.label() + ": both have Object Lock")
                                : off));
    }

    private static Finding keyRegion(Destination one) {
        String key = one.rule().replicaKey();
        if (key == null) {
            return one.rule().kmsObjects()
                    ? new Finding.Bad(
                            one.label() + ": objects under KMS are replicated and no ReplicaKmsKeyID is named")
                    : new Finding.Aside(one.label() + ": no key for replicas is named");
        }
        String region = Arn.parse(key).map(Arn::region).orElse("");
        String wanted = one.bucket().map(BucketEvidence::region).orElse(null);
        if (region.isEmpty()) {
            return new Finding.Unclear(one.label() + ": the key " + key + " does not tell its region");
        }
        if (wanted == null) {
            return new Finding.Unclear(one.label() + ": the destination's region is not known");
        }
        return region.equals(wanted)
                ? new Finding.Fine(one.label() + ": key and destination are in " + region)
                : new Finding.Bad(
                        one.label() + ": the key " + key + " is in " + region + ", the destination in " + wanted);
    }

    private static Finding replicaKey(Evidence evidence, Destination one) {
        String key = one.rule().replicaKey();
        if (key == null) {
            return new Finding.Aside(one.label() + ": no key for replicas is named");
        }
        var arn = Arn.parse(key);
        if (arn.isEmpty() || arn.get().resource().startsWith("alias/")) {
            return new Finding.Bad(one.label() + ": the key " + key + " is an alias or an id, which resolves in the"
                    + " requester's account");
        }
        String account = arn.get().account();
        String own = Replication.sourceAccount(evidence);
        if (account.equals(own)
                || account.equals(one.account())
                || evidence.trusted().accounts().contains(account)) {
            return new Finding.Fine(one.label() + ": the key is of account " + account);
        }
        return own == null || (one.owner() != Replication.Owner.SAME && one.account() == null)
                ? new Finding.Unclear(one.label() + ": it is not known whose the key of account " + account + " is")
                : new Finding.Bad(
                        one.label() + ": the key " + key + " is of account " + account + ", which is not trusted");
    }

    private static Finding sseC(Evidence evidence, Destination one) {
        var open = new Finding.Fine(one.label() + ": the destination does not block SSE-C");
        return Replication.collected(
                one,
                bucket ->
                        Replication.known(one, bucket.document(BucketDocument.ENCRYPTION), "encryption", open, node -> {
                            if (!EncryptionRule.of(node).blocksSseC()) {
                                return open;
                            }
                            Collected<JsonNode> source = evidence.theBucket().document(BucketDocument.ENCRYPTION);
                            if (source.known()
                                    .map(EncryptionRule::of)
                                    .filter(EncryptionRule::blocksSseC)
                                    .isPresent()) {
                                return new Finding.Fine(one.label() + ": both block SSE-C");
                            }
                            return source instanceof Collected.Unavailable<JsonNode>
                                    ? new Finding.Unclear(
                                            one.label() + ": " + source.uncertainty("the source's encryption"))
                                    : new Finding.Bad(
                                            one.label() + ": the destination blocks SSE-C, the source does not");
                        }));
    }

    private static Finding requesterPays(Destination one) {
        var fine = new Finding.Fine(one.label() + ": the owner pays");
        return Replication.collected(
                one,
                bucket -> Replication.known(
                        one,
                        bucket.document(BucketDocument.REQUEST_PAYMENT),
                        "requestPayment",
                        fine,
                        node -> node.path("Payer").asText("").equals("Requester")
                                ? new Finding.Bad(one.label() + ": the requester pays")
                                : fine));
    }
}
