package io.tidelock.deploy.config;

import io.tidelock.replicator.rule.ReplicationRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a store's buckets are, as far as the rules of others speak of it.
 *
 * @param store its name
 * @param region such as {@code eu-west-3}
 * @param account its twelve digits, or null where the configuration does not tell
 */
public record Site(String store, String region, @Nullable String account) {
    /**
     * What keeps a rule from writing there.
     *
     * @param ofStore whether the store's settings lack something, instead of one contradicting the other
     */
    public record Misfit(boolean ofStore, String problem, String remedy) {
        @Override
        public String toString() {
            return (ofStore ? "the store of its destination " : "") + problem + "; " + remedy;
        }
    }

    /** All that keeps that rule, whose destination is in the store, from writing there. */
    public List<Misfit> misfits(ReplicationRule rule) {
        return Stream.of(account(rule), key(rule)).flatMap(Stream::ofNullable).toList();
    }

    private @Nullable Misfit account(ReplicationRule rule) {
        var destination = rule.destination();
        var wanted = destination.account();
        if (wanted == null || wanted.equals(account)) {
            return null;
        }
        if (account != null) {
            return new Misfit(
                    false,
                    "the rule \"" + rule.id() + "\" has Destination.Account " + wanted + ", and the store " + store
                            + " has the account " + account,
                    "correct the rule, the store's account, or the store that holds " + destination.bucket());
        }
        return destination.ownerOverride()
                ? new Misfit(
                        true,
                        "has no account, and the rule \"" + rule.id() + "\" gives its replicas to the account "
                                + wanted,
                        "add account: \"" + wanted + "\" when the store's buckets belong to it")
                : null;
    }

    private @Nullable Misfit key(ReplicationRule rule) {
        var key = rule.destination().replicaKmsKeyId();
        if (key == null || !key.startsWith("arn:")) {
            return null;
        }
        var parts = key.split(":", -1);
        return parts.length > 3 && !parts[3].equals(region)
                ? new Misfit(
                        false,
                        "the rule \"" + rule.id() + "\" encrypts with a key of the region " + parts[3]
                                + ", and the store " + store + " is in " + region,
                        "name a key of " + region + " in EncryptionConfiguration.ReplicaKmsKeyID")
                : null;
    }
}
