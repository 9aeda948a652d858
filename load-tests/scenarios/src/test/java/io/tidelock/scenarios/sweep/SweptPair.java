package io.tidelock.scenarios.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.event.Delivery;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReadVersion;
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The world of two regions in which every event is lost, with two instances that sweep it. */
final class SweptPair implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final String EVENTS = "tidelock.events";
    private static final String JOBS = "tidelock.jobs";
    private static final String GROUP = "tidelock-replicator";

    private final TemporaryDirectory directory = TemporaryDirectory.create("tidelock-swept-", false);
    private final ReplicationWatch watch =
            new ReplicationWatch(TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
    private final Sandbox sandbox;
    private final S3Client replica;
    private final List<ServiceSetup> setups = new ArrayList<>();
    private final List<ServiceProcess> instances = new ArrayList<>();

    /**
     * Writes objects that nobody is told of, starts both instances and returns when they are ready.
     *
     * @param settings of the sweep, as YAML
     */
    SweptPair(String settings, int objects) throws IOException, InterruptedException {
        sandbox = TwoRegions.silent()
                .notify(
                        NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, TwoRegions.EVENTS_TOPIC)
                                .delivered(Delivery.unruly(1).dropping(1)),
                        4)
                .start();
        sandbox.world().listen(watch);
        replica = client(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT);
        try (var source = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT)) {
            for (var i = 0; i < objects; i++) {
                var key = "lost/%05d".formatted(i);
                source.putObject(
                        request -> request.bucket(TwoRegions.SOURCE_BUCKET).key(key), RequestBody.fromString(key));
            }
        }
        for (var i = 0; i < 2; i++) {
            setups.add(ServiceSetup.of(sandbox, "instance: " + nameOf(i) + "\n" + settings, ""));
            instances.add(begun(i));
        }
        for (var instance : instances) {
            instance.awaitReady(READY_LIMIT);
        }
    }

    private ServiceProcess begun(int instance) throws IOException {
        return ServiceProcess.start(
                ServiceCommand.found(List.of("-Xmx256m")),
                setups.get(instance),
                Files.createDirectories(directory.path().resolve(nameOf(instance))));
    }

    private static String nameOf(int instance) {
        return "sweeper-" + instance;
    }

    /** All passes of the sweep so far. */
    List<SweepPass> passes() {
        return SweepPass.of(sandbox.kafka().records(JOBS));
    }

    /** How often each key was made an event of until then. */
    Map<String, Long> eventsUntil(long written) {
        return sandbox.kafka().records(EVENTS).stream()
                .filter(event -> event.timestamp() <= written)
                .collect(Collectors.groupingBy(event -> new String(event.key(), UTF_8), Collectors.counting()));
    }

    /** Outcomes of a key that say so. */
    long outcomes(String key, String reason) {
        return sandbox.kafka().records("tidelock.outcomes").stream()
                .map(outcome -> new String(outcome.value(), UTF_8))
                .filter(outcome -> outcome.contains("\"" + key + "\"") && outcome.contains("\"" + reason + "\""))
                .count();
    }

    /** How often the source's versions were listed. */
    long listings() {
        return sandbox.region(TwoRegions.PARIS).server().counts().of("ListObjectVersions");
    }

    /** The instance that has the sweep now: that with the partition of events that the job's name falls into. */
    int owner() throws ExecutionException, InterruptedException {
        var job = new String(sandbox.kafka().records(JOBS).getFirst().key(), UTF_8);
        try (var admin = sandbox.kafka().admin()) {
            var partitions = admin.describeTopics(List.of(EVENTS)).allTopicNames().get().values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .sum();
            var its = new TopicPartition(EVENTS, Math.floorMod(job.hashCode(), partitions));
            var name = admin.describeConsumerGroups(List.of(GROUP)).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> member.assignment().topicPartitions().contains(its))
                    .map(member -> member.groupInstanceId().orElseThrow())
                    .findFirst()
                    .orElseThrow();
            return name.equals(nameOf(0)) ? 0 : 1;
        }
    }

    /** Ends an instance at once. */
    void kill(int instance) throws InterruptedException {
        instances.get(instance).kill();
    }

    /** Starts an instance that was killed, and waits until it is ready. */
    void start(int instance) throws IOException, InterruptedException {
        instances.get(instance).close();
        instances.set(instance, begun(instance));
        instances.get(instance).awaitReady(READY_LIMIT);
    }

    /** Removes the only version of a replica for good. */
    void removeReplica(String key) {
        var version = replica.headObject(
                        request -> request.bucket(TwoRegions.DESTINATION_BUCKET).key(key))
                .versionId();
        replica.deleteObject(request ->
                request.bucket(TwoRegions.DESTINATION_BUCKET).key(key).versionId(version));
    }

    ReplicationWatch watch() {
        return watch;
    }

    /** All that the destination holds, by key. */
    Map<String, List<ReadVersion>> replicas() throws InterruptedException {
        return new BucketReader(replica, TwoRegions.DESTINATION_BUCKET).read();
    }

    /** The ends of both logs. */
    String logTails() {
        return instances.stream().map(ServiceProcess::logTail).collect(Collectors.joining("\n\n"));
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }

    @Override
    public void close() throws IOException {
        instances.forEach(ServiceProcess::close);
        replica.close();
        sandbox.close();
        directory.close();
    }
}
