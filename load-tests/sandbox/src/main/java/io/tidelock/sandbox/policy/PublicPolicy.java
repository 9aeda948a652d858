package io.tidelock.sandbox.policy;

import java.util.Locale;
import java.util.Set;

/** Whether a bucket policy lets the public in (UG: Blocking public access to your Amazon S3 storage, the meaning of "public"). */
public final class PublicPolicy {
    /** What narrows a policy down when it is compared with fixed values, in lower case. */
    private static final Set<String> NARROWING = Set.of(
            "aws:principalaccount",
            "aws:principalarn",
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:sourceaccount",
            "aws:sourcearn",
            "aws:sourceip",
            "aws:sourceorgid",
            "aws:sourceowner",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:userid",
            "s3:dataaccesspointaccount",
            "s3:dataaccesspointarn",
            "s3:x-amz-server-side-encryption-aws-kms-key-id");

    private static final Set<String> COMPARING = Set.of(
            "stringequals",
            "stringequalsignorecase",
            "stringlike",
            "arnequals",
            "arnlike",
            "ipaddress",
            "forallvalues:stringlike",
            "foranyvalue:stringlike",
            "forallvalues:stringequals",
            "foranyvalue:stringequals");

    /** Networks wider than this count as everybody. */
    private static final int PREFIX_BITS_MIN = 8;

    private PublicPolicy() {}

    /** Judges a bucket policy that was taken before. */
    public static boolean is(String json) {
        return PolicyReader.bucketPolicy(json).statements().stream().anyMatch(PublicPolicy::lets);
    }

    private static boolean lets(PolicyStatement statement) {
        var principals = statement.principals();
        var everybody = principals.isPresent()
                && (principals.get().inverted()
                        || principals.get().names().stream()
                                .anyMatch(name -> name.pattern().contains("*")));
        return statement.effect() == PolicyStatement.Effect.ALLOW
                && everybody
                && statement.conditions().stream().noneMatch(PublicPolicy::narrows);
    }

    private static boolean narrows(PolicyCondition condition) {
        return COMPARING.contains(condition.operator().toLowerCase(Locale.ROOT))
                && NARROWING.contains(condition.key())
                && condition.values().stream().allMatch(value -> fixed(condition.key(), value));
    }

    private static boolean fixed(String key, String value) {
        if (value.contains("${")) {
            return false;
        }
        if (key.equals("aws:sourceip")) {
            var slash = value.indexOf('/');
            return slash < 0 || Integer.parseInt(value.substring(slash + 1)) >= PREFIX_BITS_MIN;
        }
        // an ARN may hold wildcards as long as its account is named
        return key.endsWith("arn")
                ? value.matches("arn:[^:*?]+:[^:]*:[^:]*:[0-9]{12}:.*")
                : !value.contains("*") && !value.contains("?");
    }
}
