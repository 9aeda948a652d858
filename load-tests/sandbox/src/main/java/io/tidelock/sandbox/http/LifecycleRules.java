package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.HashSet;
import java.util.Set;

/** What S3 demands of lifecycle rules beyond their schema (API: PutBucketLifecycleConfiguration; UG: Lifecycle configuration elements). */
final class LifecycleRules {
    private static final int ID_CHARACTERS_MAX = 255;
    private static final Set<String> ACTIONS = Set.of(
            "Expiration",
            "Transition",
            "NoncurrentVersionExpiration",
            "NoncurrentVersionTransition",
            "AbortIncompleteMultipartUpload");

    private LifecycleRules() {}

    static void check(XmlElement document) {
        var ids = new HashSet<String>();
        for (var rule : document.children("Rule")) {
            checkRule(rule);
            rule.textOf("ID").filter(id -> !id.isEmpty()).ifPresent(id -> {
                if (id.length() > ID_CHARACTERS_MAX) {
                    throw DocumentRules.argument("ID length should not exceed allowed limit of 255", "ID");
                }
                if (!ids.add(id)) {
                    throw DocumentRules.argument("Rule ID must be unique. Found same ID for more than one rule", "ID");
                }
            });
        }
    }

    private static void checkRule(XmlElement rule) {
        var filter = rule.child("Filter");
        if (filter.isPresent() == rule.child("Prefix").isPresent()
                || filter.filter(found -> found.children().size() > 1).isPresent()) {
            throw malformed();
        }
        if (rule.children().stream().noneMatch(child -> ACTIONS.contains(child.name()))) {
            throw DocumentRules.invalid("At least one action needs to be specified in a rule");
        }
        rule.child("Expiration").ifPresent(LifecycleRules::expiration);
        rule.children("Transition").forEach(transition -> {
            if (transition.child("Days").isPresent() == transition.child("Date").isPresent()) {
                throw malformed();
            }
            requireDays(transition, "Days", 0, "Transition");
        });
        rule.children("NoncurrentVersionTransition")
                .forEach(transition -> requireDays(transition, "NoncurrentDays", 0, "NoncurrentVersionTransition"));
        rule.child("NoncurrentVersionExpiration")
                .ifPresent(expiration -> requireDays(expiration, "NoncurrentDays", 1, "NoncurrentVersionExpiration"));
        rule.child("AbortIncompleteMultipartUpload")
                .ifPresent(abort -> requireDays(abort, "DaysAfterInitiation", 1, "AbortIncompleteMultipartUpload"));
    }

    private static void expiration(XmlElement expiration) {
        if (expiration.children().size() != 1) {
            throw malformed();
        }
        requireDays(expiration, "Days", 1, "Expiration");
        expiration.textOf("Date").ifPresent(date -> {
            if (HttpDates.parse(date).isEmpty()) {
                throw malformed();
            }
            if (!date.contains("T00:00:00")) {
                throw DocumentRules.argument("'Date' must be at midnight GMT", "Date");
            }
        });
    }

    private static void requireDays(XmlElement action, String element, int min, String name) {
        action.textOf(element).ifPresent(text -> {
            if (Integer.parseInt(text) < min) {
                throw DocumentRules.argument(
                        "'" + element + "' for " + name + " action must be "
                                + (min == 0 ? "nonnegative" : "a positive integer"),
                        element);
            }
        });
    }

    private static Refusal malformed() {
        return new Refusal(ErrorCode.MALFORMED_XML);
    }
}
