package io.tidelock.replicator.rule.document;

import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import io.tidelock.replicator.rule.RuleDestination;
import java.util.Optional;
import java.util.regex.Pattern;

/** The {@code Destination} element of a rule (rules 4, 24, 26, 30). */
final class DestinationReader {
    private static final String[] KNOWN = {
        "Bucket",
        "Account",
        "StorageClass",
        "AccessControlTranslation",
        "EncryptionConfiguration",
        "ReplicationTime",
        "Metrics"
    };
    private static final Pattern BUCKET_ARN = Pattern.compile(
            "arn:(?:[a-z0-9-]+:s3::|minio:replication:[^:/]*:[^:/]*):([A-Za-z0-9][A-Za-z0-9._-]{0,254})");
    private static final Pattern STORAGE_CLASS = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final int ACCOUNT_LENGTH_MAX = 256;
    private static final int KEY_LENGTH_MAX = 2_048;

    /** The destination, or empty when its bucket cannot be told; other problems are only reported. */
    Optional<RuleDestination> read(Section rule, SchemaVersion version, Optional<Boolean> sseKms) {
        if (!rule.has("Destination")) {
            rule.refuse("Destination", "is missing");
        }
        return rule.group("Destination", KNOWN).flatMap(destination -> {
            var bucket = bucket(destination);
            var account = bounded(destination, "Account", ACCOUNT_LENGTH_MAX);
            var storageClass = storageClass(destination);
            var ownerOverride = ownerOverride(destination, destination.has("Account"));
            var key = replicaKey(destination, sseKms);
            var replicationTime = replicationTime(destination, version);
            var metrics = metrics(destination, version, replicationTime);
            return bucket.map(name -> new RuleDestination(
                    name,
                    account.orElse(null),
                    storageClass.orElse(null),
                    key.orElse(null),
                    ownerOverride && account.isPresent(),
                    replicationTime && metrics,
                    metrics));
        });
    }

    private static Optional<String> bucket(Section destination) {
        var arn = destination.requiredText("Bucket");
        return arn.flatMap(text -> {
            var matched = BUCKET_ARN.matcher(text);
            if (matched.matches()) {
                return Optional.of(matched.group(1));
            }
            destination.refuse("Bucket", "must be an ARN such as arn:aws:s3:::replicas, was " + Problems.quote(text));
            return Optional.empty();
        });
    }

    private static Optional<String> bounded(Section section, String name, int lengthMax) {
        return section.text(name).filter(value -> {
            if (value.isBlank() || value.length() > lengthMax) {
                section.refuse(name, "must have 1 to " + lengthMax + " characters, had " + value.length());
                return false;
            }
            return true;
        });
    }

    private static Optional<String> storageClass(Section destination) {
        return destination.text("StorageClass").filter(value -> {
            if (!STORAGE_CLASS.matcher(value).matches()) {
                destination.refuse("StorageClass", "must be the name of a storage class, was " + Problems.quote(value));
                return false;
            }
            return true;
        });
    }

    private static boolean ownerOverride(Section destination, boolean accountNamed) {
        var translation = destination.group("AccessControlTranslation", "Owner");
        translation.ifPresent(held -> {
            var owner = held.requiredText("Owner");
            owner.filter(text -> !text.equals("Destination"))
                    .ifPresent(text -> held.refuse("Owner", "must be Destination, was " + Problems.quote(text)));
            if (!accountNamed) {
                destination.refuse("AccessControlTranslation", "needs Destination/Account (rule 30)");
            }
        });
        return translation.isPresent();
    }

    private static Optional<String> replicaKey(Section destination, Optional<Boolean> sseKms) {
        var configuration = destination.group("EncryptionConfiguration", "ReplicaKmsKeyID");
        configuration
                .filter(held -> !held.has("ReplicaKmsKeyID"))
                .ifPresent(held -> held.refuse("ReplicaKmsKeyID", "is missing"));
        var key = configuration.flatMap(held -> bounded(held, "ReplicaKmsKeyID", KEY_LENGTH_MAX));
        if (sseKms.orElse(false) && configuration.isEmpty()) {
            destination.refuse(
                    "EncryptionConfiguration",
                    "is missing: SseKmsEncryptedObjects needs the key that replicas are encrypted with (rule 4)");
        }
        if (sseKms.isEmpty() && configuration.isPresent()) {
            destination.refuse(
                    "EncryptionConfiguration",
                    "needs SourceSelectionCriteria/SseKmsEncryptedObjects: without it no SSE-KMS version is replicated"
                            + " (rule 26)");
        }
        return key;
    }

    private static boolean replicationTime(Section destination, SchemaVersion version) {
        var time = destination.group("ReplicationTime", "Status", "Time");
        if (time.isPresent() && version == SchemaVersion.V1) {
            destination.refuse("ReplicationTime", "needs a rule with Filter (rule 1)");
        }
        time.ifPresent(held -> {
            if (!held.has("Time")) {
                held.refuse("Time", "is missing");
            }
            fifteenMinutes(held, "Time");
        });
        var asked = time.map(Section::requiredStatus).orElse(false);
        if (asked && !destination.has("Metrics")) {
            destination.refuse("ReplicationTime", "must come with Metrics (rule 4)");
        }
        return asked;
    }

    private static boolean metrics(Section destination, SchemaVersion version, boolean replicationTime) {
        var metrics = destination.group("Metrics", "Status", "EventThreshold");
        if (metrics.isPresent() && version == SchemaVersion.V1) {
            destination.refuse("Metrics", "needs a rule with Filter (rule 1)");
        }
        metrics.ifPresent(held -> fifteenMinutes(held, "EventThreshold"));
        var asked = metrics.map(Section::requiredStatus).orElse(false);
        if (replicationTime && metrics.isPresent() && !asked) {
            destination.refuse("Metrics/Status", "must be Enabled where ReplicationTime is (rule 4)");
        }
        return asked;
    }

    private static void fifteenMinutes(Section holder, String name) {
        holder.group(name, "Minutes").ifPresent(held -> {
            var minutes = held.requiredText("Minutes");
            minutes.filter(text -> !text.equals("15"))
                    .ifPresent(text -> held.refuse("Minutes", "must be 15 (rule 4), was " + Problems.quote(text)));
        });
    }
}
