package io.tidelock.deploy.config;

import io.tidelock.deploy.http.HttpConfig;
import io.tidelock.deploy.log.LogConfig;
import java.util.Set;

/** The whole configuration: composes the records of those who use them. */
public record TidelockConfig(Set<Role> roles, HttpConfig http, LogConfig log) {
    public TidelockConfig {
        roles = Set.copyOf(roles);
    }
}
