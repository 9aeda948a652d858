package io.tidelock.ingest.kafka;

import io.tidelock.ingest.kafka.KafkaGrant.Operation;
import io.tidelock.ingest.kafka.TopicSpec.Cleanup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Tidelock's own topics: makes what is missing, checks what is there. Blocks; thread-safe. */
public final class Topics {
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);

    /** How clients say that none of the brokers' names leads to an address. */
    private static final String UNRESOLVED = "No resolvable bootstrap urls";

    private final KafkaClients clients;
    private final String bootstrapServers;

    /** Topics of one Kafka. */
    public Topics(KafkaSettings settings) {
        this.clients = new KafkaClients(settings);
        this.bootstrapServers = settings.bootstrapServers();
    }

    /** Creates the topics that are missing and checks the others; what is wrong is returned, never thrown. */
    public List<TopicProblem> ensure(Collection<TopicSpec> specs) {
        return asked(admin -> {
            var problems = new ArrayList<TopicProblem>();
            var before = existing(admin, names(specs), problems).keySet();
            if (!problems.isEmpty()) {
                return problems; // what may not be known may be there
            }
            var missing =
                    specs.stream().filter(spec -> !before.contains(spec.name())).toList();
            problems.addAll(create(admin, missing));
            problems.addAll(wrong(admin, specs, existing(admin, names(specs), problems)));
            return problems;
        });
    }

    /** Checks without creating; a missing topic is no problem, as {@link #ensure} would create it. */
    public List<TopicProblem> check(Collection<TopicSpec> specs) {
        return asked(admin -> {
            var problems = new ArrayList<TopicProblem>();
            var existing = existing(admin, names(specs), problems);
            problems.addAll(wrong(admin, specs, existing));
            return problems;
        });
    }

    /** Names those of the topics that do not exist, such as those of a source. */
    public List<TopicProblem> requireExisting(Collection<String> names) {
        return asked(admin -> {
            var problems = new ArrayList<TopicProblem>();
            var existing = existing(admin, names, problems);
            var denied = problems.stream().map(TopicProblem::topic).collect(Collectors.toSet());
            for (var name : names) {
                if (!existing.containsKey(name) && !denied.contains(name)) {
                    problems.add(new TopicProblem(name, "does not exist", "create it, or correct the source's topics"));
                }
            }
            return problems;
        });
    }

    @FunctionalInterface
    private interface Question {
        List<TopicProblem> ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private List<TopicProblem> asked(Question question) {
        try (var admin = clients.admin("topics")) {
            return question.ask(admin);
        } catch (ExecutionException | KafkaException e) {
            return List.of(failure(e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(failure(e));
        }
    }

    private TopicProblem failure(Throwable cause) {
        return switch (cause) {
            case AuthorizationException refused ->
                new TopicProblem(
                        "*",
                        "Kafka refuses: " + refused.getMessage(),
                        "grant Describe, DescribeConfigs and Create on Tidelock's topics",
                        true);
            case AuthenticationException refused ->
                new TopicProblem(
                        "*",
                        "Kafka at " + bootstrapServers + " does not accept the credentials of "
                                + clients.refusals().principal() + ": " + refused.getMessage(),
                        "correct kafka.properties");
            default ->
                new TopicProblem(
                        "*",
                        "Kafka at " + bootstrapServers + " does not answer: " + cause,
                        "check kafka.bootstrapServers and kafka.properties, and that the brokers run",
                        passes(cause));
        };
    }

    /** Where brokers are not up yet, their names may not be either. */
    private static boolean passes(Throwable cause) {
        return cause instanceof RetriableException
                || (cause instanceof ConfigException
                        && String.valueOf(cause.getMessage()).startsWith(UNRESOLVED));
    }

    /** It may be granted at any time. */
    private TopicProblem denied(String topic, Operation operation) {
        var refusals = clients.refusals();
        var grant = KafkaGrant.topic(topic, operation);
        return new TopicProblem(
                topic, "Kafka refuses " + grant + " to " + refusals.principal(), refusals.remedy(grant), true);
    }

    private static List<String> names(Collection<TopicSpec> specs) {
        return specs.stream().map(TopicSpec::name).toList();
    }

    /** Those that exist; what may not be known is a problem. */
    private Map<String, TopicDescription> existing(
            Admin admin, Collection<String> names, Collection<TopicProblem> problems)
            throws ExecutionException, InterruptedException {
        var existing = new HashMap<String, TopicDescription>();
        for (var name : names) {
            try {
                description(admin, name).ifPresent(found -> existing.put(name, found));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicAuthorizationException)) {
                    throw e;
                }
                problems.add(denied(name, Operation.DESCRIBE));
            }
        }
        return existing;
    }

    private static Optional<TopicDescription> description(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<TopicProblem> create(Admin admin, List<TopicSpec> missing)
            throws ExecutionException, InterruptedException {
        var problems = new ArrayList<TopicProblem>();
        for (var spec : missing) {
            try {
                admin.createTopics(List.of(newTopic(spec))).all().get();
                awaitVisible(admin, spec.name());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    awaitVisible(admin, spec.name()); // another instance was faster
                } else if (e.getCause() instanceof TopicAuthorizationException) {
                    problems.add(denied(spec.name(), Operation.CREATE));
                } else {
                    problems.add(new TopicProblem(
                            spec.name(),
                            "cannot be created: " + e.getCause(),
                            "create it by hand with " + spec.partitions() + " partitions and cleanup.policy="
                                    + spec.cleanup().configValue() + ", or correct"
                                    + " kafka.topics.replicationFactor (" + spec.replicationFactor() + ")",
                            e.getCause() instanceof RetriableException));
                }
            }
        }
        return problems;
    }

    private static NewTopic newTopic(TopicSpec spec) {
        var configs = spec.cleanup() == Cleanup.COMPACT
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, "compact")
                : Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        "delete",
                        TopicConfig.RETENTION_MS_CONFIG,
                        spec.retentionMs());
        return new NewTopic(spec.name(), spec.partitions(), (short) spec.replicationFactor()).configs(configs);
    }

    /** A new topic is known to the controller first and to the brokers soon after. */
    private static void awaitVisible(Admin admin, String topic) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        while (description(admin, topic).isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private List<TopicProblem> wrong(Admin admin, Collection<TopicSpec> specs, Map<String, TopicDescription> existing)
            throws ExecutionException, InterruptedException {
        var problems = new ArrayList<TopicProblem>();
        var resources = existing.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        var configs = new HashMap<String, Config>();
        for (var asked : admin.describeConfigs(resources).values().entrySet()) {
            var topic = asked.getKey().name();
            try {
                configs.put(topic, asked.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicAuthorizationException)) {
                    throw e;
                }
                problems.add(denied(topic, Operation.DESCRIBE_CONFIGS));
            }
        }
        for (var spec : specs) {
            var found = existing.get(spec.name());
            if (found != null) {
                wrongPartitions(spec, found.partitions().size()).ifPresent(problems::add);
            }
            var config = configs.get(spec.name());
            if (config != null) {
                wrongCleanup(spec, config).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<TopicProblem> wrongPartitions(TopicSpec spec, int found) {
        return found == spec.partitions()
                ? Optional.empty()
                : Optional.of(new TopicProblem(
                        spec.name(),
                        "has " + found + " partitions, kafka.topics.partitions is " + spec.partitions(),
                        "set kafka.topics.partitions to " + found
                                + ", or stop the producers, let the topic drain, and create it anew"));
    }

    private static Optional<TopicProblem> wrongCleanup(TopicSpec spec, Config config) {
        var cleanup = config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        var wanted = spec.cleanup().configValue();
        if (!wanted.equals(cleanup)) {
            return Optional.of(new TopicProblem(
                    spec.name(),
                    "has cleanup.policy=" + cleanup + ", needed is " + wanted,
                    "kafka-configs --alter --topic " + spec.name() + " --add-config cleanup.policy=" + wanted));
        }
        var retention =
                Long.parseLong(config.get(TopicConfig.RETENTION_MS_CONFIG).value());
        var needed = Long.parseLong(spec.retentionMs());
        if (spec.cleanup() == Cleanup.DELETE && retention >= 0 && (needed < 0 || retention < needed)) {
            return Optional.of(new TopicProblem(
                    spec.name(),
                    "has retention.ms=" + retention + ", needed is at least " + needed + " (-1 is for ever)",
                    "kafka-configs --alter --topic " + spec.name() + " --add-config retention.ms=" + needed));
        }
        return Optional.empty();
    }
}
