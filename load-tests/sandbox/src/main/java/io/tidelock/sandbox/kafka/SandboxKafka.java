package io.tidelock.sandbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker (KRaft, broker and controller in one node) inside this JVM, with its data in a temporary directory.
 *
 * <p>It listens on a free port of the loopback address, and keeps port and data over {@link #stop()} and {@link #start()} until
 * {@link #close()}. Topics are not created by writing to them. Several brokers may live side by side. Thread-safe. A broker that cannot
 * start throws {@link SandboxKafkaException}; the JVM is never ended.
 */
public final class SandboxKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxKafka.class);
    private static final AtomicInteger NODES = new AtomicInteger();

    private final int nodeId = NODES.incrementAndGet();
    private final BrokerPorts ports;
    private final boolean guarded;
    private final Path data;
    private final Optional<BrokerDisk> disk;
    private @Nullable RunningBroker running;
    private int lives;
    private boolean closed;

    /** Takes ports and formats a data directory; {@link #start()} starts the broker. */
    public SandboxKafka() {
        this(0);
    }

    /**
     * The same with ways to the broker that can be cut.
     *
     * @param relays how many, from 0
     */
    public SandboxKafka(int relays) {
        this(relays, false, 0);
    }

    /**
     * The same with a disk of its own, which can be full.
     *
     * @param diskBytes how large it is
     * @throws SandboxKafkaException where there can be none, see {@link BrokerDisk#obstacle}
     */
    public SandboxKafka(int relays, long diskBytes) {
        this(relays, false, diskBytes);
    }

    /** A broker whose one relay asks clients to log in, and lets them do what ACLs grant and nothing else. */
    public static SandboxKafka guarded() {
        return new SandboxKafka(1, true, 0);
    }

    private SandboxKafka(int relays, boolean guarded, long diskBytes) {
        this.guarded = guarded;
        BrokerExits.areRefused();
        ports = BrokerPorts.free(new Random(), relays);
        try {
            data = Files.createTempDirectory("tidelock-kafka-");
            disk = diskBytes > 0 ? Optional.of(BrokerDisk.at(data, diskBytes)) : Optional.empty();
            format();
        } catch (IOException e) {
            ports.close();
            throw new SandboxKafkaException("the embedded Kafka broker has no data directory: " + e.getMessage(), e);
        }
    }

    /** Starts the broker and returns when it serves; a broker that runs already is left alone. */
    public synchronized SandboxKafka start() {
        if (closed) {
            throw new IllegalStateException("the embedded Kafka broker is closed");
        }
        if (running == null) {
            try {
                ports.bindAgain();
            } catch (IOException e) {
                throw new SandboxKafkaException("the embedded Kafka broker did not start: " + e.getMessage(), e);
            }
            var life = ++lives;
            running = RunningBroker.start(data, config(), ports, why -> ends(life, why));
        }
        return this;
    }

    /** The broker of one life wants to end its process: it is ended like one that is killed. */
    private void ends(int life, String why) {
        LOG.atError().addKeyValue("reason", why).log("the embedded Kafka broker ends by itself");
        var _ = Thread.ofPlatform().daemon().name("tidelock-kafka-end").start(() -> end(life));
    }

    private synchronized void end(int life) {
        if (lives == life) {
            kill();
        }
    }

    private Map<String, String> config() {
        var open = BrokerConfig.of(nodeId, ports, data);
        return guarded ? BrokerConfig.guarded(open) : open;
    }

    /**
     * What clients need to log in over the relay of a {@link #guarded} broker; ACLs know them as {@code User:tidelock}.
     */
    public static Map<String, String> login() {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                BrokerConfig.LOGIN_MODULE + " required username=\"" + BrokerConfig.GUARDED_USER + "\" password=\""
                        + BrokerConfig.GUARDED_PASSWORD + "\";");
    }

    /** Stops the broker cleanly; data and port stay for the next start. */
    public synchronized void stop() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    /** Cuts all connections at once and ends the broker without a clean shutdown; data and port stay for the next start. */
    public synchronized void kill() {
        if (running != null) {
            try {
                running.kill();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            running = null;
        }
    }

    /** Stops and starts again, with the same data and port. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** Whether it was started and has neither been stopped nor ended by itself, as a broker does that cannot write any more. */
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** Returns {@code host:port}, the same for the whole life of this object. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.clientPort();
    }

    /** A way to the broker that can be cut, by its number from 0. */
    public ClientRelay relay(int number) {
        return ports.relays().get(number);
    }

    /**
     * The disk that holds all its data. A broker whose disk is full ends by itself, and does not start again before there is room.
     *
     * @throws IllegalStateException where it has none of its own
     */
    public BrokerDisk disk() {
        return disk.orElseThrow(() -> new IllegalStateException("the embedded Kafka broker has no disk of its own"));
    }

    /** Creates a topic with one replica; {@code configs} are topic settings such as {@code cleanup.policy}. */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (var admin = admin()) {
            var topic = new NewTopic(name, partitions, (short) 1).configs(configs);
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new SandboxKafkaException("topic " + name + " was not created: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxKafkaException("interrupted while creating topic " + name, e);
        }
    }

    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /** Returns an administration client that the caller closes. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    /** Returns all committed records that the topic holds now, by partition and offset; for topics that fit in memory. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return TopicReader.readAll(bootstrapServers(), topic);
    }

    /** Stops the broker and deletes its data. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop();
        ports.close();
        disk.ifPresent(BrokerDisk::close);
        deleteData();
    }

    Path dataDirectory() {
        return data;
    }

    private void format() throws IOException {
        try (var quiet = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)) {
            new Formatter()
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(nodeId)
                    .addDirectory(data.toString())
                    .setMetadataLogDirectory(data.toString())
                    .setControllerListenerName(BrokerConfig.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setPrintStream(quiet)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("formatting " + data + " failed", e);
        }
    }

    private void deleteData() {
        var paths = new ArrayList<Path>();
        try (var walk = Files.walk(data)) {
            walk.sorted(Comparator.reverseOrder()).forEach(paths::add);
            for (var path : paths) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded Kafka broker's data stays in " + data, e);
        }
    }
}
