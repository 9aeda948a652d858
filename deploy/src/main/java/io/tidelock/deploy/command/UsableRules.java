package io.tidelock.deploy.command;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.Rules;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.store.ObjectStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules that can be used, for commands that are about one bucket: what is wrong with those of another holds nothing up. */
final class UsableRules {
    private UsableRules() {}

    /**
     * The rules of each bucket as they are now. Blocks.
     *
     * @param err told of each bucket that is left out, and why
     */
    static List<BucketRules> of(TidelockConfig config, Map<String, ObjectStore> stores, PrintWriter err) {
        var usable = new ArrayList<BucketRules>();
        for (var replication : config.replication()) {
            try {
                usable.addAll(Rules.ofAll(List.of(replication), stores));
            } catch (IllegalStateException | IllegalArgumentException e) {
                err.println("tidelock: leaving out " + replication.source() + ": " + e.getMessage());
            }
        }
        err.flush();
        return usable;
    }
}
