package io.tidelock.compliance.iam;

import java.util.List;

/**
 * One thing that must be allowed.
 *
 * @param principal who: the ARN of a role or user
 * @param action the IAM action, such as {@code s3:GetObjectVersion}
 * @param resource an ARN; a trailing {@code *} stands for whatever follows
 * @param where whose resource it is, and so which resource policy has to allow it
 * @param conditions what narrows it; all must hold
 */
public record Need(String principal, String action, String resource, Where where, List<Condition> conditions) {
    public Need {
        conditions = List.copyOf(conditions);
    }

    /**
     * One condition of a statement.
     *
     * @param operator such as {@code StringEquals}
     * @param key such as {@code kms:ViaService}
     * @param values any of which satisfies it
     */
    public record Condition(String operator, String key, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /** Whose resource it is. */
    public enum Where {
        SOURCE_BUCKET,
        DESTINATION_BUCKET,
        SOURCE_KEY,
        REPLICA_KEY
    }
}
