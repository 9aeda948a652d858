package io.tidelock.sandbox.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One condition of a statement: an operator, a key, and the values of which one has to fit.
 *
 * <p>Source: "IAM JSON policy elements: Condition operators". Known are the operators of {@link #OPERATORS}, each also with
 * {@code IfExists}, and the keys of {@link #KEYS}; anything else is unknown.
 */
record PolicyCondition(String operator, String key, List<String> values) {
    static final Set<String> OPERATORS = Set.of(
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
            "ArnEquals",
            "ArnNotEquals",
            "ArnLike",
            "ArnNotLike",
            "Bool",
            "Null");

    /** Keys that a request may have, in lower case. */
    static final Set<String> KEYS = Set.of(
            "aws:principalaccount",
            "aws:principalarn",
            "aws:securetransport",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:viaawsservice",
            "kms:calleraccount",
            "kms:encryptioncontext:aws:s3:arn",
            "kms:viaservice",
            "s3:delimiter",
            "s3:object-lock-legal-hold",
            "s3:object-lock-mode",
            "s3:object-lock-retain-until-date",
            "s3:prefix",
            "s3:versionid",
            "s3:x-amz-acl",
            "s3:x-amz-copy-source",
            "s3:x-amz-grant-full-control",
            "s3:x-amz-grant-read",
            "s3:x-amz-grant-read-acp",
            "s3:x-amz-grant-write",
            "s3:x-amz-grant-write-acp",
            "s3:x-amz-metadata-directive",
            "s3:x-amz-server-side-encryption",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:x-amz-server-side-encryption-customer-algorithm",
            "s3:x-amz-storage-class");

    private static final String IF_EXISTS = "IfExists";

    PolicyCondition {
        key = key.toLowerCase(Locale.ROOT);
        values = List.copyOf(values);
    }

    Truth holds(PolicyQuestion question) {
        boolean ifExists = operator.endsWith(IF_EXISTS);
        var base = ifExists ? operator.substring(0, operator.length() - IF_EXISTS.length()) : operator;
        if (!OPERATORS.contains(base)
                || !KEYS.contains(key)
                || values.stream().anyMatch(value -> new Wildcard(value).holdsVariable())) {
            return Truth.UNKNOWN;
        }
        var actual = question.context().get(key);
        if (base.equals("Null")) {
            return Truth.of(anyOf(value -> value.equalsIgnoreCase(Boolean.toString(actual == null))));
        }
        if (actual == null) {
            return Truth.of(ifExists || base.contains("Not"));
        }
        return base.contains("Not")
                ? Truth.of(fits(base.replace("Not", ""), actual)).not()
                : Truth.of(fits(base, actual));
    }

    private boolean fits(String base, String actual) {
        return switch (base) {
            case "StringEquals" -> anyOf(actual::equals);
            case "StringEqualsIgnoreCase", "Bool" -> anyOf(actual::equalsIgnoreCase);
            // ArnEquals and ArnLike behave alike, and both take wildcards.
            case "StringLike", "ArnEquals", "ArnLike" -> anyOf(value -> new Wildcard(value).matches(actual));
            default -> throw new IllegalStateException("an operator without a meaning: " + base);
        };
    }

    private boolean anyOf(Predicate<String> fits) {
        return values.stream().anyMatch(fits);
    }
}
