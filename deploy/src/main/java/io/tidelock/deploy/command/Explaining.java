package io.tidelock.deploy.command;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.explain.Explainer;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.ObjectStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.function.Predicate;

/** What {@code explain} and {@code plan} share: an explainer over the configured stores, closed again. */
final class Explaining {
    private Explaining() {}

    /**
     * Does the work.
     *
     * @param asked buckets that it is about
     * @param err told of other buckets whose rules cannot be used
     */
    static int with(TidelockConfig config, Predicate<Bucket> asked, PrintWriter err, Work work) throws IOException {
        var stores = Wiring.stores(config);
        try {
            var rules = UsableRules.of(config, stores, err, asked);
            return work.run(new Explainer(config, rules, stores, InstantSource.system()));
        } finally {
            stores.values().forEach(ObjectStore::close);
        }
    }

    /** Uses an explainer; tells the exit code. */
    interface Work {
        int run(Explainer explainer) throws IOException;
    }
}
