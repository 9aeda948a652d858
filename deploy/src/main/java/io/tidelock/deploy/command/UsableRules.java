package io.tidelock.deploy.command;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.Rules;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.store.ObjectStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The rules that can be used, for commands that are about one bucket: what is wrong with those of another holds nothing up. */
final class UsableRules {
    private UsableRules() {}

    /**
     * The rules of each bucket as they are now. Blocks.
     *
     * @param err told of each bucket that is left out, and why
     * @param needed buckets that cannot be left out
     * @throws IllegalStateException or IllegalArgumentException naming a needed bucket whose rules cannot be used
     */
    static List<BucketRules> of(
            TidelockConfig config, Map<String, ObjectStore> stores, PrintWriter err, Predicate<Bucket> needed) {
        var usable = new ArrayList<BucketRules>();
        for (var replication : config.replication()) {
            try {
                usable.addAll(Rules.ofAll(List.of(replication), stores));
            } catch (IllegalStateException | IllegalArgumentException e) {
                if (needed.test(replication.source())) {
                    throw e;
                }
                err.println("tidelock: leaving out " + replication.source() + ": " + e.getMessage());
            }
        }
        err.flush();
        return usable;
    }
}
