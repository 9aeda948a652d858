package io.tidelock.deploy.check;

import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.deploy.config.Replication;
import io.tidelock.deploy.config.Role;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.ingest.IngestConfig;
import io.tidelock.ingest.kafka.Subscription;
import io.tidelock.ingest.kafka.TopicProblem;
import io.tidelock.ingest.kafka.Topics;
import io.tidelock.replicator.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Runs every check of a configuration, many at once. */
public final class Checks {
    /** How many checks run at the same time. */
    private static final int CHECKS_MAX = 32;

    private Checks() {}

    /**
     * Looks at everything; blocks until all has answered or timed out.
     *
     * @param stores the configured stores by name; stay open
     * @param postures what reads their documents, by name; stay open
     * @return in the order of the configuration
     */
    public static List<CheckResult> run(
            TidelockConfig config, Topics topics, Map<String, ObjectStore> stores, Map<String, PostureReader> postures)
            throws InterruptedException {
        var tasks = new ArrayList<Callable<List<CheckResult>>>();
        tasks.add(() -> ownTopics(config, topics));
        if (config.roles().contains(Role.INGEST)) {
            config.ingest().sources().forEach(source -> tasks.add(() -> source(source, topics)));
        }
        if (config.roles().contains(Role.REPLICATOR)) {
            var buckets = new StoreChecks(stores);
            for (Replication replication : config.replication()) {
                tasks.addAll(buckets.of(replication));
            }
            tasks.add(() -> PrivilegeChecks.of(config, stores, postures));
        }
        return all(tasks);
    }

    private static List<CheckResult> ownTopics(TidelockConfig config, Topics topics) {
        var subject = "kafka " + config.kafka().bootstrapServers();
        return results(
                subject, "answers; Tidelock's topics are right, or will be made", topics.check(config.ownTopics()));
    }

    private static List<CheckResult> source(IngestConfig.Source source, Topics topics) {
        var subject = "source " + source.name();
        return switch (source.subscription()) {
            case Subscription.Topics named ->
                results(subject, "its topics exist", topics.requireExisting(named.names()));
            case Subscription.Matching matching ->
                List.of(CheckResult.ok(subject, "reads what matches " + matching.pattern()));
        };
    }

    private static List<CheckResult> results(String subject, String fine, List<TopicProblem> problems) {
        return problems.isEmpty()
                ? List.of(CheckResult.ok(subject, fine))
                : problems.stream()
                        .map(problem -> CheckResult.missing(
                                subject,
                                problem.topic().equals("*")
                                        ? problem.problem()
                                        : "topic " + problem.topic() + " " + problem.problem(),
                                problem.remedy()))
                        .toList();
    }

    private static List<CheckResult> all(List<Callable<List<CheckResult>>> tasks) throws InterruptedException {
        var running = new Semaphore(CHECKS_MAX);
        var results = new ArrayList<CheckResult>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        running.acquire();
                        try {
                            return task.call();
                        } finally {
                            running.release();
                        }
                    }))
                    .toList();
            for (var future : futures) {
                results.addAll(future.get());
            }
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a check failed to run: " + bug.getCause(), bug);
        }
        return results;
    }
}
