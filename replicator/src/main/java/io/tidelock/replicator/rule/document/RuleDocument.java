package io.tidelock.replicator.rule.document;

import io.tidelock.replicator.rule.ReplicationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a replication configuration document. */
public sealed interface RuleDocument {
    /**
     * The document is one that S3 takes.
     *
     * @param role the IAM role that S3 would assume, or null; Tidelock uses the credentials of its stores instead
     * @param rules in the document's order
     */
    record Parsed(@Nullable String role, List<ReplicationRule> rules) implements RuleDocument {
        public Parsed {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The document is not one that S3 takes.
     *
     * @param problems all that were found; never empty
     */
    record Refused(List<Problem> problems) implements RuleDocument {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
