package io.tidelock.compliance.iam;

import io.tidelock.compliance.policy.Arn;
import java.util.List;

/**
 * One thing that must be allowed.
 *
 * @param principal who: the ARN of a role or user
 * @param action the IAM action, such as {@code s3:GetObjectVersion}
 * @param resource an ARN; a trailing {@code *} stands for whatever follows
 * @param where whose resource it is, and so which resource policy has to allow it
 * @param foreign whether the resource belongs to another account than the principal, so that both sides must allow it
 * @param conditions what narrows it; all must hold
 */
public record Need(
        String principal, String action, String resource, Where where, boolean foreign, List<Condition> conditions) {
    public Need {
        conditions = List.copyOf(conditions);
    }

    /** Whether whoever may do this may do what the other needs, too. */
    boolean covers(Need other) {
        return principal.equals(other.principal)
                && where == other.where
                && action.equals(other.action)
                && (conditions.isEmpty() || conditions.equals(other.conditions))
                && Arn.covers(resource, other.resource);
    }

    /** Whether it is the use of a KMS key. */
    public boolean ofKey() {
        return where == Where.SOURCE_KEY || where == Where.REPLICA_KEY;
    }

    /** The same of another resource. */
    public Need on(String other) {
        return new Need(principal, action, other, where, foreign, conditions);
    }

    @Override
    public String toString() {
        return action + " on " + resource + (conditions.isEmpty() ? "" : " where " + conditions);
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

        @Override
        public String toString() {
            return operator + " " + key + " " + values;
        }
    }

    /** Whose resource it is. */
    public enum Where {
        SOURCE_BUCKET,
        DESTINATION_BUCKET,
        SOURCE_KEY,
        REPLICA_KEY,
        /** A role that is assumed. */
        ROLE
    }
}
