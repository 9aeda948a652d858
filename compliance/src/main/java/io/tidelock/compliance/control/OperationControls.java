package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Severity.LOW;
import static io.tidelock.compliance.control.Severity.MEDIUM;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.snapshot.BucketDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What keeps a bucket watched and tidy. */
final class OperationControls {
    private static final String LIFECYCLE =
            "aws s3api put-bucket-lifecycle-configuration --bucket BUCKET --lifecycle-configuration file://lifecycle.json";

    private static final List<String> RECEIVERS = List.of(
            "TopicConfigurations",
            "QueueConfigurations",
            "LambdaFunctionConfigurations",
            "CloudFunctionConfigurations");

    private OperationControls() {}

    static List<Control> all() {
        return List.of(
                Control.of("event-notifications", LOW, "Changes are notified")
                        .because("Without events nothing is replicated, and nobody sees a change in time.")
                        .remedy("aws s3api put-bucket-notification-configuration --bucket BUCKET"
                                + " --notification-configuration EventBridgeConfiguration={}")
                        .also("s3_bucket_event_notifications_enabled", "S3.11", "s3-event-notifications-enabled", "")
                        .judge(OperationControls::notifications),
                Control.of("lifecycle", LOW, "A lifecycle rule is in force")
                        .because("What nobody removes is kept, paid for and found for ever.")
                        .remedy(LIFECYCLE)
                        .also("s3_bucket_lifecycle_enabled", "S3.13", "s3-lifecycle-policy-check", "")
                        .judge(OperationControls::lifecycle),
                Control.of("lifecycle-versioned", MEDIUM, "A versioned bucket has a lifecycle rule in force")
                        .because("Versions pile up without one.")
                        .remedy(LIFECYCLE)
                        .also("", "S3.10", "s3-version-lifecycle-policy-check", "")
                        .judge(OperationControls::lifecycleOfVersions),
                Control.of("lifecycle-abort-multipart", LOW, "Unfinished uploads are removed")
                        .because("Parts of an upload that was never completed are invisible, and paid for.")
                        .remedy(LIFECYCLE)
                        .judge(evidence -> Judging.document(
                                evidence,
                                BucketDocument.LIFECYCLE,
                                Verdict.violation("there is no lifecycle", List.of()),
                                node -> LifecycleRules.of(node).abortsMultipartUploads()
                                        ? Verdict.compliant("a rule in force aborts unfinished uploads")
                                        : Verdict.violation("no rule in force aborts unfinished uploads", List.of()))),
                Control.of("cors-wildcard", LOW, "No web page of any origin may use the bucket")
                        .because(
                                "With origin * every page that a user visits may call the bucket on the user's behalf.")
                        .remedy("aws s3api put-bucket-cors --bucket BUCKET --cors-configuration file://cors.json")
                        .judge(OperationControls::cors),
                Control.of("website-hosting", LOW, "The bucket is no website")
                        .because("A website endpoint speaks plain HTTP and needs a public bucket.")
                        .remedy("aws s3api delete-bucket-website --bucket BUCKET")
                        .judge(evidence -> Judging.document(
                                evidence,
                                BucketDocument.WEBSITE,
                                Verdict.compliant("the bucket is no website"),
                                node -> node.isEmpty()
                                        ? Verdict.compliant("the bucket is no website")
                                        : Verdict.violation("the bucket is a website", names(node)))),
                Control.of("tags", LOW, "The bucket carries its tags")
                        .whenChosen()
                        .because("Tags tell whose a bucket is and how secret.")
                        .remedy(
                                "aws s3api put-bucket-tagging --bucket BUCKET --tagging 'TagSet=[{Key=KEY,Value=VALUE}]'")
                        .also("", "", "s3-bucket-tagged", "")
                        .judge(OperationControls::tags),
                Control.of("inventory", LOW, "An inventory is made")
                        .whenChosen()
                        .because("An inventory tells what is there without listing it.")
                        .remedy("aws s3api put-bucket-inventory-configuration --bucket BUCKET --id ID"
                                + " --inventory-configuration file://inventory.json")
                        .judge(evidence -> listed(evidence, BucketDocument.INVENTORY, "inventory")),
                Control.of("intelligent-tiering", LOW, "Intelligent-Tiering is configured")
                        .whenChosen()
                        .because("Objects that nobody reads then cost less.")
                        .remedy("aws s3api put-bucket-intelligent-tiering-configuration --bucket BUCKET --id ID"
                                + " --intelligent-tiering-configuration file://tiering.json")
                        .judge(evidence -> listed(
                                evidence, BucketDocument.INTELLIGENT_TIERING, "Intelligent-Tiering configuration")));
    }

    private static Verdict notifications(Evidence evidence) {
        Verdict none = Verdict.violation("no notification is configured", List.of());
        return Judging.document(evidence, BucketDocument.NOTIFICATION, none, node -> {
            if (node.has("EventBridgeConfiguration")
                    && !node.get("EventBridgeConfiguration").isNull()) {
                return Verdict.compliant("events go to EventBridge");
            }
            return notifies(node) ? Verdict.compliant("a notification is configured") : none;
        });
    }

    /** Whether a NotificationConfiguration sends anything anywhere. */
    static boolean notifies(JsonNode node) {
        return (node.has("EventBridgeConfiguration")
                        && !node.get("EventBridgeConfiguration").isNull())
                || RECEIVERS.stream().anyMatch(kind -> !node.path(kind).isEmpty());
    }

    private static Verdict lifecycle(Evidence evidence) {
        return Judging.document(
                evidence,
                BucketDocument.LIFECYCLE,
                Verdict.violation("there is no lifecycle", List.of()),
                node -> LifecycleRules.of(node).enabled().isEmpty()
                        ? Verdict.violation("no lifecycle rule is in force", List.of())
                        : Verdict.compliant("a lifecycle rule is in force"));
    }

    private static Verdict lifecycleOfVersions(Evidence evidence) {
        Collected<JsonNode> versioning = evidence.theBucket().document(BucketDocument.VERSIONING);
        boolean enabled = versioning
                .known()
                .filter(node -> node.path("Status").asText("").equals("Enabled"))
                .isPresent();
        if (versioning.certain() && !enabled) {
            return Verdict.notApplicable("the bucket is not versioned");
        }
        return enabled ? lifecycle(evidence) : Verdict.unknown(versioning.uncertainty("versioning"));
    }

    private static Verdict cors(Evidence evidence) {
        return Judging.document(
                evidence, BucketDocument.CORS, Verdict.compliant("there is no CORS configuration"), node -> {
                    JsonNode rules = node.has("CORSRules") ? node.get("CORSRules") : node.path("CORSRule");
                    var open = new ArrayList<String>();
                    if (rules.isArray()) {
                        rules.forEach(rule -> corsRule(rule, open));
                    } else {
                        corsRule(rules, open);
                    }
                    return open.isEmpty()
                            ? Verdict.compliant("every origin is named")
                            : Verdict.violation("a CORS rule is open to every origin", open);
                });
    }

    private static void corsRule(JsonNode rule, List<String> open) {
        JsonNode origins = rule.has("AllowedOrigins") ? rule.get("AllowedOrigins") : rule.path("AllowedOrigin");
        var all = new ArrayList<String>();
        if (origins.isArray()) {
            origins.forEach(origin -> all.add(origin.asText("")));
        } else {
            all.add(origins.asText(""));
        }
        all.stream()
                .filter(origin -> origin.equals("*") || origin.equals("http://*") || origin.equals("https://*"))
                .forEach(origin -> open.add("AllowedOrigins " + origin + " AllowedMethods "
                        + rule.path(rule.has("AllowedMethods") ? "AllowedMethods" : "AllowedMethod")));
    }

    private static Verdict tags(Evidence evidence) {
        Verdict none = Verdict.violation("the bucket has no tags", List.of());
        return Judging.document(evidence, BucketDocument.TAGGING, none, node -> {
            JsonNode set = node.isArray() ? node : node.path("TagSet");
            var keys = new TreeSet<String>();
            set.forEach(tag -> keys.add(tag.path("Key").asText("")));
            List<String> missing = evidence.demands().requiredTags().stream()
                    .filter(tag -> !keys.contains(tag))
                    .toList();
            if (keys.isEmpty()) {
                return none;
            }
            return missing.isEmpty()
                    ? new Verdict.Compliant("the bucket carries its tags", List.copyOf(keys))
                    : Verdict.violation("tags are missing", missing);
        });
    }

    private static Verdict listed(Evidence evidence, BucketDocument document, String what) {
        Verdict none = Verdict.violation("there is no " + what, List.of());
        return Judging.document(
                evidence, document, none, node -> holdsNothing(node) ? none : Verdict.compliant("there is an " + what));
    }

    /** Empty, or nothing but empty lists and the marks of a listing's end. */
    private static boolean holdsNothing(JsonNode node) {
        for (JsonNode member : node) {
            if (member.isContainerNode() ? !member.isEmpty() : member.isTextual()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
