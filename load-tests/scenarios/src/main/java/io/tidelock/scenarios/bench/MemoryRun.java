package io.tidelock.scenarios.bench;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.scenarios.service.S3Clients;
import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import io.tidelock.scenarios.service.TemporaryDirectory;
import io.tidelock.scenarios.traffic.Content;
import io.tidelock.scenarios.traffic.ObjectWriter;
import io.tidelock.scenarios.traffic.Step.Attributes;
import io.tidelock.scenarios.traffic.Step.EncryptionWish;
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the service's resident memory while large and small objects pass and a backlog of repeated events stands (promise P6). */
@Command(
        name = "load-tests/memory",
        description = {
            "Samples Tidelock's resident memory while objects pass and a backlog of events stands.",
            "Exits 1 when it exceeds --max-resident, grows by a tenth of that in the second half, or something does"
                    + " not arrive.",
            "The sandbox keeps all large objects twice in the temporary directory."
        })
public final class MemoryRun implements Callable<Integer> {
    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration DRAIN_LIMIT = Duration.ofHours(6);
    private static final long SAMPLE_MS = 500;
    private static final long MIB = 1L << 20;
    private static final long SEED = 20261124;

    /** Where events wait until all of them are told at once. */
    private static final String STAGED_TOPIC = "staged-events";

    private static final int KNOWN_KEYS = 500;
    private static final int SMALL_BYTES = 4 * 1024;
    private static final int WRITERS = 8;
    private static final double GROWTH_MAX = 0.1;
    private static final Attributes PLAIN = new Attributes(
            Map.of("content-type", "application/octet-stream"),
            Map.of(),
            Map.of(),
            EncryptionWish.NOTHING,
            Optional.empty());

    @Option(names = "--large", paramLabel = "N", description = "How many large objects (default: ${DEFAULT-VALUE}).")
    private int large = 20;

    @Option(
            names = "--large-mib",
            paramLabel = "N",
            description = "How large each of them is, in MiB (default: ${DEFAULT-VALUE}).")
    private long largeMib = 1024;

    @Option(names = "--small", paramLabel = "N", description = "How many objects of 4 KiB (default: ${DEFAULT-VALUE}).")
    private int small = 200_000;

    @Option(
            names = "--backlog",
            paramLabel = "N",
            description = "How many events of objects that are replicated already (default: ${DEFAULT-VALUE}).")
    private int backlog = 1_000_000;

    @Option(
            names = "--max-resident",
            paramLabel = "MB",
            description = "The most that the service may hold (default: ${DEFAULT-VALUE}).")
    private double residentMax = 700;

    @Option(
            names = "--service-options",
            paramLabel = "OPTIONS",
            description = "JVM options (default: ${DEFAULT-VALUE}).")
    private String serviceOptions = "-Xmx256m -XX:MaxDirectMemorySize=128m";

    @Option(names = "--help", usageHelp = true, description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli sets it and acts on it
    private boolean help;

    /** Runs the command and ends the JVM. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MemoryRun()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (var directory = TemporaryDirectory.create("tidelock-memory-", false);
                var sandbox = TwoRegions.silent()
                        .notify(NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, STAGED_TOPIC), 1)
                        .start()) {
            sandbox.kafka().createTopic(TwoRegions.EVENTS_TOPIC, 1);
            var paris = sandbox.region(TwoRegions.PARIS);
            var setup = ServiceSetup.of(sandbox);
            var watch = new ReplicationWatch(
                    TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
            sandbox.world().listen(watch);
            try (var service = ServiceProcess.start(
                            ServiceCommand.found(Stream.of(serviceOptions.split(" "))
                                    .filter(option -> !option.isBlank())
                                    .toList()),
                            setup,
                            directory.path());
                    var client =
                            S3Clients.of(paris.endpoint(), paris.region(), sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT))) {
                service.awaitReady(READY_LIMIT);
                var writer = new ObjectWriter(client, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN);
                return measure(sandbox, watch, service, writer);
            }
        }
    }

    private int measure(Sandbox sandbox, ReplicationWatch watch, ServiceProcess service, ObjectWriter writer)
            throws Exception {
        var known = Math.min(KNOWN_KEYS, small);
        write(known, number -> put(writer, number));
        tell(sandbox, sandbox.kafka().records(STAGED_TOPIC));
        if (!watch.awaitDrained(DRAIN_LIMIT)) {
            return notArrived(watch);
        }
        write(small - known, number -> put(writer, known + number));
        write(large, number -> writer.put("large/%03d".formatted(number), new Content(largeMib * MIB, number), PLAIN));
        if (!sandbox.notifications().awaitDelivered(DRAIN_LIMIT)) {
            return notArrived(watch);
        }
        var waiting = backlog(sandbox.kafka().records(STAGED_TOPIC), known);
        var trend = new MemoryTrend();
        var began = System.nanoTime();
        var sampling = Thread.ofPlatform().daemon().name("memory").start(() -> sample(service, trend, began));
        tell(sandbox, waiting);
        if (!watch.awaitDrained(DRAIN_LIMIT)) {
            return notArrived(watch);
        }
        sampling.interrupt();
        sampling.join();
        return judge(trend, watch, Duration.ofNanos(System.nanoTime() - began));
    }

    private int judge(MemoryTrend trend, ReplicationWatch watch, Duration lasted) {
        System.out.printf(
                Locale.ROOT,
                "%d objects of %d MiB, %d of 4 KiB, backlog of %d events, %d s%n"
                        + "resident at most %.0f MB; in the second half %+.2f MB a minute, %+.1f MB in all%n"
                        + "copies that nobody asked for: %d%n",
                large,
                largeMib,
                small,
                backlog,
                lasted.toSeconds(),
                trend.maxMegabytes(),
                trend.slopeOfSecondHalf(),
                trend.growthOfSecondHalf(),
                watch.snapshot().unexpected());
        var bounded = trend.maxMegabytes() <= residentMax && trend.growthOfSecondHalf() <= GROWTH_MAX * residentMax;
        return bounded ? 0 : 1;
    }

    private static int notArrived(ReplicationWatch watch) {
        System.out.println("not everything arrived: " + watch.snapshot());
        return 1;
    }

    /** What is written one number at a time. */
    @FunctionalInterface
    private interface NumberedPut {
        void put(int number);
    }

    private static void put(ObjectWriter writer, int number) {
        writer.put("small/%06d".formatted(number), new Content(SMALL_BYTES, number), PLAIN);
    }

    private static void write(int count, NumberedPut put) throws Exception {
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var puts = IntStream.range(0, count)
                    .mapToObj(number -> writers.submit(() -> put.put(number)))
                    .toList();
            for (var one : puts) {
                one.get();
            }
        }
    }

    /**
     * The events that wait when it begins: those of objects that have not been told yet, the large ones' evenly among all others', and the
     * known ones' again and again.
     */
    private List<ConsumerRecord<byte[], byte[]>> backlog(List<ConsumerRecord<byte[], byte[]>> staged, int known) {
        var news = staged.subList(known, staged.size());
        var all = new ArrayList<>(news.subList(0, small - known));
        for (var number = 0; number < backlog; number++) {
            all.add(staged.get(number % known));
        }
        Collections.shuffle(all, new Random(SEED));
        var mixed = new ArrayList<ConsumerRecord<byte[], byte[]>>(all.size() + large);
        var larges = news.subList(small - known, news.size());
        for (var number = 0; number < large; number++) {
            mixed.addAll(all.subList(from(all, number), from(all, number + 1)));
            mixed.add(larges.get(number));
        }
        mixed.addAll(all.subList(from(all, large), all.size()));
        return mixed;
    }

    private int from(List<?> all, int number) {
        return Math.toIntExact((long) all.size() * number / (large + 1));
    }

    private static void tell(Sandbox sandbox, List<ConsumerRecord<byte[], byte[]>> events) throws Exception {
        var properties = Map.<String, Object>of(
                "bootstrap.servers", sandbox.kafka().bootstrapServers(), "compression.type", "lz4", "linger.ms", 5);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            Future<?> last = null;
            for (var one : events) {
                last = producer.send(new ProducerRecord<>(TwoRegions.EVENTS_TOPIC, one.key(), one.value()));
            }
            if (last != null) {
                last.get();
            }
        }
    }

    private static void sample(ServiceProcess service, MemoryTrend trend, long began) {
        try {
            while (service.isAlive()) {
                trend.add(
                        Duration.ofNanos(System.nanoTime() - began),
                        service.memory().residentBytes());
                Thread.sleep(SAMPLE_MS);
            }
        } catch (IOException e) {
            System.err.println("the memory of the service can no longer be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
