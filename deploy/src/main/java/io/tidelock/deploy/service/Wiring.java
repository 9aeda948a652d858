package io.tidelock.deploy.service;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidelock.compliance.lag.LagTracker;
import io.tidelock.compliance.meter.LagMeters;
import io.tidelock.compliance.meter.OutcomeMeters;
import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.deploy.config.Role;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.http.HttpVerticle;
import io.tidelock.deploy.log.OutcomeLog;
import io.tidelock.deploy.meter.BacklogMeters;
import io.tidelock.deploy.meter.BreakerMeters;
import io.tidelock.deploy.meter.BudgetMeters;
import io.tidelock.deploy.meter.ConcurrencyMeters;
import io.tidelock.deploy.meter.IngestMeters;
import io.tidelock.deploy.meter.ProcessMeters;
import io.tidelock.deploy.meter.RuleInfo;
import io.tidelock.deploy.posture.s3.S3PostureReader;
import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.IngestVerticle;
import io.tidelock.ingest.kafka.BacklogProbe;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.ingest.kafka.Topics;
import io.tidelock.replicator.ReplicatorVerticle;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.execute.Endpoint;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.job.Sweep;
import io.tidelock.replicator.job.SweepSettings;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.s3.S3ObjectStore;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The only place that makes adapters and hands them to those who need them. */
public final class Wiring implements AutoCloseable {
    private static final String INGEST = "ingest";
    private static final String REPLICATOR = "replicator";

    private final TidelockConfig config;
    private final InstantSource clock = InstantSource.system();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ProcessMeters process = new ProcessMeters(registry);
    private final Health health = new Health(clock);
    private final HttpVerticle http;
    private final Budgets budgets;
    private final Map<String, ObjectStore> stores = new LinkedHashMap<>();
    private @Nullable LiveRules rules;

    Wiring(TidelockConfig config) {
        this.config = config;
        budgets = budgets(config, clock);
        BudgetMeters.show(registry, budgets);
        http = new HttpVerticle(config.http(), registry, health::conditions, health::destinations);
    }

    /** What stores and rules may cost this process; every client of a store has to spend the same one. */
    private static Budgets budgets(TidelockConfig config, InstantSource clock) {
        var stores = new LinkedHashMap<String, Budget>();
        config.stores().forEach((name, settings) -> stores.put(name, new Budget(settings.budget(), clock)));
        var rules = new LinkedHashMap<Budgets.RuleName, Budget>();
        for (var replication : config.replication()) {
            replication
                    .budgets()
                    .forEach((id, settings) ->
                            rules.put(new Budgets.RuleName(replication.source(), id), new Budget(settings, clock)));
        }
        return new Budgets(stores, rules);
    }

    /**
     * Reads the rules for the first time where this process replicates, which comes before its roles; may be tried again. Blocks.
     *
     * @throws UnreachableRulesException when it should be
     * @throws RuntimeException naming the bucket whose rules cannot be used, and the remedy
     */
    void readRules() {
        if (config.roles().contains(Role.REPLICATOR)) {
            openStores();
            rules = new LiveRules(config.replication(), stores);
        }
    }

    private void openStores() {
        if (!stores.isEmpty()) {
            return;
        }
        config.stores()
                .forEach((name, settings) -> stores.put(
                        name, new S3ObjectStore(settings, budgets.ofStore(name).orElseThrow())));
    }

    /** The configured stores by name; the caller closes them. */
    public static Map<String, ObjectStore> stores(TidelockConfig config) {
        var stores = new LinkedHashMap<String, ObjectStore>();
        config.stores().forEach((name, settings) -> stores.put(name, new S3ObjectStore(settings)));
        return stores;
    }

    /** What reads the documents of the configured stores, by their names; the caller closes them. */
    public static Map<String, PostureReader> postures(TidelockConfig config) {
        var readers = new LinkedHashMap<String, PostureReader>();
        config.stores().forEach((name, settings) -> readers.put(name, new S3PostureReader(settings)));
        return readers;
    }

    /** Tidelock's own topics. */
    public static Topics topics(TidelockConfig config) {
        return new Topics(config.kafka());
    }

    HttpVerticle http() {
        return http;
    }

    Health health() {
        return health;
    }

    /** The roles of this process in the order of starting: each before those that feed it. Blocks. */
    List<VerticleBase> roles() {
        var verticles = new ArrayList<VerticleBase>();
        var backlogs = new LinkedHashMap<String, Subscription>();
        if (rules != null) {
            verticles.add(replicator(rules, verticles));
            backlogs.put(
                    config.replicator().group(),
                    new Subscription.Topics(Set.of(config.replicator().eventsTopic())));
        }
        if (config.roles().contains(Role.INGEST)) {
            verticles.add(ingest());
            config.ingest()
                    .sources()
                    .forEach(source -> backlogs.put(IngestConfig.group(source.name()), source.subscription()));
        }
        var probe = new BacklogProbe(config.kafka(), "meters");
        verticles.add(new BacklogVerticle(new BacklogMeters(registry, probe, clock, backlogs)));
        return verticles;
    }

    private IngestVerticle ingest() {
        var ingest = new IngestVerticle(config.ingest(), new IngestMeters(registry), clock);
        health.watch(INGEST, ingest::states);
        return ingest;
    }

    private ReplicatorVerticle replicator(LiveRules rules, List<VerticleBase> verticles) {
        var marks = config.marks()
                .orElseThrow(() -> new IllegalArgumentException("mark.keys is needed by the role replicator"));
        var breakers = new BreakerMeters(registry);
        var concurrency = new ConcurrencyMeters(registry);
        var endpoints = new Endpoints(config.stores().values().stream()
                .map(store -> new Endpoint(store.name(), store(stores, store.name()), store.account()))
                .toList());
        var replicator = new ReplicatorVerticle(
                config.replicator(),
                config.kafka(),
                rules,
                marks,
                endpoints,
                budgets,
                observers(rules, breakers, concurrency, verticles),
                clock,
                () -> ThreadLocalRandom.current().nextLong());
        health.watch(REPLICATOR, () -> Map.of("", replicator.state()));
        breakers.watch(replicator);
        concurrency.watch(replicator);
        health.watch(breakers);
        config.sweep().ifPresent(settings -> verticles.add(sweep(settings, rules, replicator)));
        return replicator;
    }

    /** A job belongs to the instance that owns the partition of events that the job's name falls into. */
    private SweepVerticle sweep(SweepSettings settings, LiveRules rules, ReplicatorVerticle replicator) {
        var topics = config.topics();
        var events = topics.events();
        var verticle = new SweepVerticle(
                new Sweep(settings, events.name(), topics.jobs().name()),
                settings.rate(),
                config.kafka(),
                topics.jobs().name(),
                config.stores(),
                budgets,
                rules::rules,
                job -> replicator
                        .state()
                        .assigned()
                        .getOrDefault(events.name(), Set.of())
                        .contains(Math.floorMod(job.hashCode(), events.partitions())),
                clock);
        health.watch(verticle::condition);
        return verticle;
    }

    private Observers observers(
            LiveRules rules, BreakerMeters breakers, ConcurrencyMeters concurrency, List<VerticleBase> verticles) {
        var tracker = new LagTracker(clock, OutcomeMeters.RULES_MAX);
        var lag = new LagMeters(registry, tracker, () -> health.running(REPLICATOR));
        var info = new RuleInfo(registry);
        Runnable show = () -> {
            info.show(rules.rules());
            breakers.show(rules.get().destinations());
            concurrency.show(rules.get().destinations());
            rules.rules().stream()
                    .flatMap(bucket -> bucket.rules().stream())
                    .filter(rule -> rule.enabled())
                    .forEach(rule -> lag.show(rule.id()));
        };
        show.run();
        rules.readEvery()
                .ifPresent(every -> verticles.add(new RulesVerticle(
                        rules, every, config.kafka(), config.topics().control().name(), show)));
        return new Observers(List.of(tracker, lag, new OutcomeMeters(registry), new OutcomeLog()));
    }

    private static ObjectStore store(Map<String, ObjectStore> stores, String name) {
        var store = stores.get(name);
        if (store == null) {
            throw new IllegalArgumentException("there is no store " + name);
        }
        return store;
    }

    @Override
    public void close() {
        if (rules == null) {
            stores.values().forEach(ObjectStore::close);
        }
        process.close();
        registry.close();
    }
}
