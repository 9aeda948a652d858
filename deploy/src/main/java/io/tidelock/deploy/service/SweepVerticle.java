package io.tidelock.deploy.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.deploy.http.Condition;
import io.tidelock.ingest.kafka.JobWriter;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.KeyHistory;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.job.Sweep;
import io.tidelock.replicator.job.SweepJob;
import io.tidelock.replicator.job.SweepState;
import io.tidelock.replicator.job.UnreadableJobException;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.store.VersionPages;
import io.tidelock.replicator.store.s3.S3Settings;
import io.tidelock.replicator.store.s3.S3VersionPages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps the rules that are this instance's, a piece of each in turn, on a thread of its own. Each piece is written under
 * the job's own transactional id, so that of two instances that both think a rule theirs the later one goes on.
 */
final class SweepVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(SweepVerticle.class);
    private static final int CHECKPOINT_RECORDS_MAX = 1_000_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What goes wrong by itself again is not tried all the time. */
    private static final Duration REST = Duration.ofMinutes(1);

    private final Sweep sweep;
    private final int rate;
    private final KafkaSettings kafka;
    private final String jobsTopic;
    private final Map<String, S3Settings> stores;
    private final Budgets budgets;
    private final Supplier<List<BucketRules>> rules;
    private final Predicate<String> isMine;
    private final InstantSource clock;
    private final Map<String, SweepState> states = new HashMap<>();
    private final Map<String, VersionPages> pages = new HashMap<>();
    private final Map<String, Stuck> stuck = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("tidelock-sweep").daemon().unstarted(this::run);

    /**
     * @param rate events a second at most
     * @param jobsTopic {@code kafka.topics.jobs}
     * @param budgets spent on listing
     * @param isMine whether this instance sweeps the job of that name
     */
    SweepVerticle(
            Sweep sweep,
            int rate,
            KafkaSettings kafka,
            String jobsTopic,
            Map<String, S3Settings> stores,
            Budgets budgets,
            Supplier<List<BucketRules>> rules,
            Predicate<String> isMine,
            InstantSource clock) {
        this.sweep = sweep;
        this.rate = rate;
        this.kafka = kafka;
        this.jobsTopic = jobsTopic;
        this.stores = Map.copyOf(stores);
        this.budgets = budgets;
        this.rules = rules;
        this.isMine = isMine;
        this.clock = clock;
    }

    /**
     * A job that somebody has to look after.
     *
     * @param until when it is tried again
     */
    private record Stuck(String problem, Instant until) {}

    /** Which jobs do not go on by themselves, for health checks. */
    Condition condition() {
        var problems = new TreeMap<String, String>();
        stuck.forEach((job, found) -> problems.put(job, found.problem()));
        return problems.isEmpty()
                ? new Condition("sweep", true, "nothing is wrong")
                : new Condition("sweep", false, "stands still: " + problems);
    }

    @Override
    public Future<?> start() {
        thread.start();
        return Future.succeededFuture();
    }

    private void run() {
        try {
            while (!stopping.await(1, TimeUnit.SECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("The sweep ends");
        } finally {
            pages.values().forEach(VersionPages::close);
        }
    }

    private void round() throws InterruptedException {
        var names = new HashSet<String>();
        for (var of : rules.get()) {
            for (var rule : of.rules()) {
                if (rule.enabled()) {
                    var job = new SweepJob(of, rule);
                    names.add(job.name());
                    turn(job);
                }
            }
        }
        stuck.keySet().retainAll(names);
    }

    private void turn(SweepJob job) throws InterruptedException {
        var before = stuck.get(job.name());
        try {
            if (!isMine.test(job.name())) {
                states.remove(job.name());
                stuck.remove(job.name());
            } else if (before == null || !clock.instant().isBefore(before.until())) {
                piece(job);
                stuck.remove(job.name());
            }
        } catch (UnreadableJobException e) {
            stuck(job, String.valueOf(e.getMessage()), null);
        } catch (Error e) { // such as memory that does not suffice for one key: the other jobs go on
            stuck(job, e.toString(), e);
        } catch (RuntimeException e) {
            states.remove(job.name());
            if (stopping.getCount() > 0) {
                LOG.atWarn()
                        .addKeyValue("job", job.name())
                        .addKeyValue("problem", e.getMessage())
                        .log("A sweep cannot go on now; it is tried again");
            }
        }
    }

    private void stuck(SweepJob job, String problem, @Nullable Error cause) {
        states.remove(job.name());
        var before = stuck.put(job.name(), new Stuck(problem, clock.instant().plus(REST)));
        if (before == null || !before.problem().equals(problem)) {
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("job", job.name())
                    .addKeyValue("problem", problem)
                    .log("A sweep stands still");
        }
    }

    private void piece(SweepJob job) throws InterruptedException {
        var name = job.name();
        var known = states.get(name);
        if (known == null) {
            known = takenOver(name);
        }
        var piece = sweep.next(pages(job), job, known, clock.instant());
        if (piece.isEmpty()) {
            if (known != null) {
                states.put(name, known);
            }
            return;
        }
        try (var writer = new JobWriter(kafka, idOf(name))) {
            writer.write(piece.get().records());
        }
        states.put(name, piece.get().state());
        if (stopping.await(SECOND_NANOS * piece.get().events() / rate, TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the service stops");
        }
    }

    /** What an earlier owner began to write is ended first, so that its last piece is either there or never comes. */
    private @Nullable SweepState takenOver(String name) {
        try (var _ = new JobWriter(kafka, idOf(name))) {
            return kept(name);
        }
    }

    private static String idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }

    private @Nullable SweepState kept(String name) {
        var found = new KeyHistory(kafka).read(jobsTopic, name.getBytes(UTF_8), CHECKPOINT_RECORDS_MAX, 1);
        if (found.values().isEmpty() && !found.complete()) {
            throw new UnreadableJobException(
                    "is not among the newest " + CHECKPOINT_RECORDS_MAX + " records of its partition of " + jobsTopic
                            + "; see that the topic is compacted (cleanup.policy)");
        }
        return found.values().isEmpty() ? null : SweepState.read(found.values().getLast());
    }

    private VersionPages pages(SweepJob job) {
        var store = job.rules().source().store();
        return pages.computeIfAbsent(store, name -> {
            var settings = stores.get(name);
            if (settings == null) {
                throw new IllegalStateException("there is no store " + name);
            }
            return budgets.ofStore(name)
                    .map(budget -> new S3VersionPages(settings, budget))
                    .orElseGet(() -> new S3VersionPages(settings));
        });
    }

    /** Breaks off what it does; what was not written is done again. */
    @Override
    public Future<?> stop() {
        stopping.countDown();
        thread.interrupt();
        return vertx.executeBlocking(
                () -> {
                    thread.join();
                    return null;
                },
                false);
    }
}
