package io.tidelock.deploy.iam;

import io.tidelock.compliance.iam.Trust;
import io.tidelock.deploy.config.Replication;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.replicator.store.s3.S3Credentials;
import io.tidelock.replicator.store.s3.S3Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who stands behind the credentials of each store. An assumed role says so itself; of other credentials a person says
 * it, or the role that the rules' document names is taken, as it is the one that replicates.
 */
final class Principals {
    private final Map<String, String> chosen;
    private final Map<S3Credentials, Set<String>> byCredentials = new LinkedHashMap<>();
    private final Map<String, S3Settings> stores;

    Principals(TidelockConfig config, Map<String, String> chosen) {
        this.chosen = chosen;
        this.stores = new TreeMap<>(config.stores());
        for (var replication : config.replication()) {
            replication.role().ifPresent(role -> remember(replication, role));
        }
    }

    private void remember(Replication replication, String role) {
        var store = stores.get(replication.source().store());
        if (store != null && !(store.credentials() instanceof S3Credentials.AssumeRole)) {
            byCredentials
                    .computeIfAbsent(store.credentials(), _ -> new LinkedHashSet<>())
                    .add(role);
        }
    }

    /** The ARNs that may be meant; exactly one when all is clear. */
    Set<String> behind(S3Settings store) {
        return behind(store.credentials(), store.name());
    }

    private Set<String> behind(S3Credentials credentials, String store) {
        if (credentials instanceof S3Credentials.AssumeRole role) {
            return Set.of(role.roleArn());
        }
        return Optional.ofNullable(chosen.getOrDefault(store, chosen.get("")))
                .map(Set::of)
                .or(() -> ofStoreWith(credentials))
                .orElseGet(() -> byCredentials.getOrDefault(credentials, Set.of()));
    }

    /** Two stores with the same credentials have the same principal. */
    private Optional<Set<String>> ofStoreWith(S3Credentials credentials) {
        return stores.values().stream()
                .filter(other -> other.credentials().equals(credentials) && chosen.containsKey(other.name()))
                .map(other -> Set.of(chosen.getOrDefault(other.name(), "")))
                .findFirst();
    }

    /** Every role that is assumed on the way to a store, with who assumes it where that is clear. */
    List<Trust> trusts(S3Settings store) {
        var trusts = new ArrayList<Trust>();
        var credentials = store.credentials();
        while (credentials instanceof S3Credentials.AssumeRole role) {
            var assumers = behind(role.source(), store.name());
            if (assumers.size() == 1) {
                trusts.addFirst(new Trust.OfPrincipal(
                        role.roleArn(), assumers.iterator().next(), role.externalId()));
            }
            credentials = role.source();
        }
        return trusts;
    }

    /** The credentials that a store begins with: its own, or those that assume its role. */
    static S3Credentials first(S3Settings store) {
        var credentials = store.credentials();
        while (credentials instanceof S3Credentials.AssumeRole role) {
            credentials = role.source();
        }
        return credentials;
    }

    /** Who stands behind the credentials that a store begins with. */
    Set<String> first(String store) {
        var settings = stores.get(store);
        return settings == null ? Set.of() : behind(first(settings), store);
    }
}
