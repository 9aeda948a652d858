package io.tidelock.deploy.config;

import io.tidelock.deploy.http.HttpConfig;
import io.tidelock.deploy.log.LogConfig;
import io.tidelock.replicator.mark.MarkKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The whole configuration: composes the records of those who use them.
 *
 * @param marks the keys that sign replicas; there when the process is a replicator
 */
public record TidelockConfig(
        Set<Role> roles, List<Replication> replication, Optional<MarkKeys> marks, HttpConfig http, LogConfig log) {
    public TidelockConfig {
        roles = Set.copyOf(roles);
        replication = List.copyOf(replication);
    }
}
