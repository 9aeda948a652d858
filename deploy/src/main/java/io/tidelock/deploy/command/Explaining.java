package io.tidelock.deploy.command;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.explain.Explainer;
import io.tidelock.deploy.service.Rules;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.replicator.store.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;

/** What {@code explain} and {@code plan} share: an explainer over the configured stores, closed again. */
final class Explaining {
    private Explaining() {}

    static int with(TidelockConfig config, Work work) throws IOException {
        var stores = Wiring.stores(config);
        try {
            var rules = Rules.ofAll(config.replication(), stores);
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
