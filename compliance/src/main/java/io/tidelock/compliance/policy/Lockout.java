package io.tidelock.compliance.policy;

import java.util.List;

/** Denies that leave nobody but the account's root user (check 24). */
public final class Lockout {
    private Lockout() {}

    /** Unconditional Denies to everyone of every action, or of both ways to repair the policy. */
    public static List<String> in(Policy policy, BucketResource bucket) {
        return policy.denies()
                .filter(statement ->
                        statement.isUnconditional() && statement.principals().isEveryone())
                .filter(statement -> lockedOut(statement, bucket))
                .map(statement -> statement.label() + ": Deny " + statement.principals() + " " + statement.actions()
                        + " on " + statement.resources() + " without a condition")
                .toList();
    }

    private static boolean lockedOut(Statement statement, BucketResource bucket) {
        Selection actions = statement.actions();
        Selection resources = statement.resources();
        boolean everything =
                actions.hasEveryS3Action() && (bucket.coversBucket(resources) || bucket.coversObjects(resources));
        boolean policyItself = actions.hasAction("s3:PutBucketPolicy")
                && actions.hasAction("s3:DeleteBucketPolicy")
                && bucket.coversBucket(resources);
        return everything || policyItself;
    }
}
