package io.tidelock.replicator.store;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.VersionId;

/**
 * What a store answered to a write.
 *
 * @param id the version it made; {@link VersionId#NULL} where the bucket is not versioned
 * @param eTag without quotes
 * @param encryption as the store says that it wrote it
 */
public record Written(VersionId id, String eTag, Encryption encryption) {}
