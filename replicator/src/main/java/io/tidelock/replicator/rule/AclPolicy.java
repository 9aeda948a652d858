package io.tidelock.replicator.rule;

import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a source version's ACL where the rule does not override the owner (rule 30). Canonical ids mean
 * nothing to another provider, and often are to become those of a sister account: so they can be mapped.
 *
 * @param copied whether ACLs are carried over at all
 * @param grantees canonical ids at the source and what they become at the destination
 * @param unmappedKept whether an id that is not mapped is written as it is; otherwise its grants are left out
 */
public record AclPolicy(boolean copied, Map<String, String> grantees, boolean unmappedKept) {
    /** As S3 does: every ACL is copied as it is. */
    public static final AclPolicy COPY = new AclPolicy(true, Map.of(), true);

    public AclPolicy {
        grantees = Map.copyOf(grantees);
        grantees.forEach((from, to) -> {
            if (from.isBlank() || to.isBlank()) {
                throw new IllegalArgumentException(
                        "acl.grantees must map canonical ids to canonical ids, had \"" + from + "\" to \"" + to + "\"");
            }
        });
    }

    /** What that grantee is called at the destination; empty when it gets nothing there. */
    public Optional<String> granteeOf(String id) {
        var mapped = grantees.get(id);
        return mapped != null ? Optional.of(mapped) : unmappedKept ? Optional.of(id) : Optional.empty();
    }
}
