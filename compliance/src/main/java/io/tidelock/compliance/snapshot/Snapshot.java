package io.tidelock.compliance.snapshot;

import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Trusted;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a verdict may look at, at one instant.
 *
 * @param name how a person finds it again, usually a file's name
 * @param bucket the bucket that is judged; empty when only the account is
 * @param account the account that owns it
 * @param otherBuckets the buckets that it may name as destination, log target and so on
 * @param role the role that replicates the bucket
 * @param trusted who is not foreign
 * @param settings what an installation demands beyond the provider's texts
 */
public record Snapshot(
        String name,
        Optional<BucketSnapshot> bucket,
        AccountSnapshot account,
        Collected<List<BucketSnapshot>> otherBuckets,
        Collected<RoleSnapshot> role,
        Trusted trusted,
        Settings settings) {
    /** The other bucket of that name, if it was collected. */
    public Optional<BucketSnapshot> other(String bucketName) {
        return otherBuckets.known().stream()
                .flatMap(List::stream)
                .filter(other -> bucketName.equals(other.name()))
                .findFirst();
    }
}
