package io.tidelock.replicator.store.s3;

import io.tidelock.replicator.store.ServerCondition;
import io.tidelock.sandbox.ceph.CephCluster;
import java.util.Optional;

/** Whether this run may start Ceph. */
final class CephStarted extends ServerCondition {
    @Override
    protected Optional<String> whyNot() {
        return CephCluster.script().isPresent()
                ? Optional.empty()
                : Optional.of("Ceph runs with -Pceph, which installs Debian's packages where they are missing");
    }
}
