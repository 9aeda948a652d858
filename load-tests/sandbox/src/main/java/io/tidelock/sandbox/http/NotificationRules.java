package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What S3 demands of notification configurations beyond their schema (API: PutBucketNotificationConfiguration; UG: Supported event types,
 * Configuring event notifications using object key name filtering). Whether a destination exists and lets S3 in is not looked at here.
 */
final class NotificationRules {
    private static final Map<String, String> SERVICES =
            Map.of("Topic", "sns", "Queue", "sqs", "CloudFunction", "lambda");
    private static final Pattern ARN =
            Pattern.compile("arn:aws:(?<service>sns|sqs|lambda):(?<region>[a-z0-9-]+):[0-9]{12}:.+");
    private static final Set<String> FAMILIES = Set.of(
            "ObjectCreated", "ObjectRemoved", "ObjectRestore", "Replication", "LifecycleExpiration", "ObjectTagging");
    private static final Set<String> SINGLE = Set.of(
            "s3:TestEvent",
            "s3:ReducedRedundancyLostObject",
            "s3:LifecycleTransition",
            "s3:IntelligentTiering",
            "s3:ObjectAcl:Put",
            "s3:ObjectCreated:Put",
            "s3:ObjectCreated:Post",
            "s3:ObjectCreated:Copy",
            "s3:ObjectCreated:CompleteMultipartUpload",
            "s3:ObjectRemoved:Delete",
            "s3:ObjectRemoved:DeleteMarkerCreated",
            "s3:ObjectRestore:Post",
            "s3:ObjectRestore:Completed",
            "s3:ObjectRestore:Delete",
            "s3:Replication:OperationFailedReplication",
            "s3:Replication:OperationNotTracked",
            "s3:Replication:OperationMissedThreshold",
            "s3:Replication:OperationReplicatedAfterThreshold",
            "s3:LifecycleExpiration:Delete",
            "s3:LifecycleExpiration:DeleteMarkerCreated",
            "s3:ObjectTagging:Put",
            "s3:ObjectTagging:Delete");

    private NotificationRules() {}

    /** One event of one configuration with the keys that it covers. */
    private record Told(String event, String prefix, String suffix) {
        boolean overlaps(Told other) {
            return covers(event, other.event)
                    && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
                    && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
        }

        private static boolean covers(String one, String other) {
            return one.equals(other) || within(one, other) || within(other, one);
        }

        private static boolean within(String family, String event) {
            return family.endsWith(":*") && event.startsWith(family.substring(0, family.length() - 1));
        }
    }

    static void check(BucketState bucket, XmlElement document) {
        var told = new ArrayList<Told>();
        for (var kind : List.of("Topic", "Queue", "CloudFunction")) {
            for (var configuration : document.children(kind + "Configuration")) {
                checkArn(bucket, kind, configuration.required(kind));
                for (var one : told(configuration)) {
                    if (told.stream().anyMatch(one::overlaps)) {
                        throw DocumentRules.argument(
                                "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
                                "Event");
                    }
                    told.add(one);
                }
            }
        }
    }

    private static void checkArn(BucketState bucket, String kind, String text) {
        var arn = ARN.matcher(text);
        if (!arn.matches() || !arn.group("service").equals(SERVICES.get(kind))) {
            throw DocumentRules.argument("The ARN could not be parsed", kind);
        }
        if (!arn.group("region").equals(bucket.region())) {
            throw DocumentRules.argument(
                    "The notification destination service region is not valid for the bucket location constraint",
                    kind);
        }
    }

    private static List<Told> told(XmlElement configuration) {
        var rules = configuration.child("Filter").flatMap(filter -> filter.child("S3Key"));
        var prefix = "";
        var suffix = "";
        for (var rule : rules.map(key -> key.children("FilterRule")).orElse(List.of())) {
            switch (rule.required("Name")) {
                case "prefix", "Prefix" -> prefix = rule.required("Value");
                case "suffix", "Suffix" -> suffix = rule.required("Value");
                default ->
                    throw DocumentRules.argument("filter rule name must be either prefix or suffix", "FilterRule.Name");
            }
        }
        var told = new ArrayList<Told>();
        for (var event : configuration.children("Event")) {
            var name = event.text();
            var family = name.startsWith("s3:")
                    && name.endsWith(":*")
                    && FAMILIES.contains(name.substring("s3:".length(), name.length() - 2));
            if (!family && !SINGLE.contains(name)) {
                throw DocumentRules.argument("A specified event is not supported for notifications.", "Event");
            }
            told.add(new Told(name, prefix, suffix));
        }
        return told;
    }
}
