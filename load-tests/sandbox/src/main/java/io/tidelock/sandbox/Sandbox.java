package io.tidelock.sandbox;

import io.tidelock.sandbox.SandboxBuilder.Notified;
import io.tidelock.sandbox.auth.Authorizer;
import io.tidelock.sandbox.auth.IamService;
import io.tidelock.sandbox.auth.KmsService;
import io.tidelock.sandbox.auth.Sessions;
import io.tidelock.sandbox.auth.SigV4Authenticator;
import io.tidelock.sandbox.auth.StsService;
import io.tidelock.sandbox.event.Notifications;
import io.tidelock.sandbox.event.kafka.KafkaEventSink;
import io.tidelock.sandbox.http.S3Server;
import io.tidelock.sandbox.http.S3Settings;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PolicyReader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A world on one machine that runs: a Kafka broker, the S3 and STS endpoints of some regions, and the notifications between them.
 *
 * <p>Everything listens on free ports of the loopback address and is gone, data included, after {@link #close()}. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
    private static final int EVENT_LOOPS = 2;

    private final World world;
    private final SandboxKafka kafka;
    private final Notifications notifications;
    private final Map<String, SandboxRegion> regions;
    private final OpenThings open;

    private Sandbox(
            World world,
            SandboxKafka kafka,
            Notifications notifications,
            Map<String, SandboxRegion> regions,
            OpenThings open) {
        this.world = world;
        this.kafka = kafka;
        this.notifications = notifications;
        this.regions = regions;
        this.open = open;
    }

    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /** Starts the world of {@link TwoRegions}: two regions, two accounts, a source bucket that notifies and a destination bucket. */
    public static Sandbox twoRegions() {
        return TwoRegions.builder().start();
    }

    static Sandbox start(
            World world,
            Map<String, String> regions,
            List<Notified> notified,
            InstantSource clock,
            Authorizer authorizer,
            Supplier<SandboxKafka> broker) {
        var open = new OpenThings();
        try {
            var kafka = broker.get();
            open.add(kafka);
            kafka.start();
            notified.forEach(one -> kafka.createTopic(one.configuration().topic(), one.partitions()));
            var notifications = new Notifications(new KafkaEventSink(kafka.bootstrapServers()), clock);
            open.add(notifications);
            notified.forEach(one -> notifications.add(one.configuration()));
            world.listen(notifications);
            var served = serve(world, regions, authorizer, open);
            return new Sandbox(world, kafka, notifications, served, open);
        } catch (RuntimeException | IOException failed) {
            open.close();
            throw new IllegalStateException("the sandbox did not start: " + failed.getMessage(), failed);
        }
    }

    private static Map<String, SandboxRegion> serve(
            World world, Map<String, String> regions, Authorizer authorizer, OpenThings open) throws IOException {
        var bodies = Files.createTempDirectory("tidelock-bodies-");
        open.add(() -> delete(bodies));
        var sessions = new Sessions(world.seed());
        var served = new LinkedHashMap<String, SandboxRegion>();
        for (var region : regions.entrySet()) {
            var settings = new S3Settings(
                    region.getValue(),
                    "127.0.0.1",
                    0,
                    EVENT_LOOPS,
                    Files.createDirectory(bodies.resolve(region.getValue())),
                    new SigV4Authenticator(world, sessions),
                    authorizer,
                    new KmsService(
                            world,
                            sessions,
                            authorizer,
                            new IamService(
                                    world, sessions, new StsService(world, sessions, PolicyReader::identityPolicy))));
            // A Vert.x of its own for each region: regions share nothing.
            var vertx = Vertx.vertx();
            open.add(() -> vertx.close().await());
            var server = S3Server.start(vertx, world, settings);
            open.add(server);
            served.put(region.getKey(), new SandboxRegion(region.getKey(), region.getValue(), server));
        }
        return served;
    }

    /** Everything that exists behind the endpoints, to be looked at and changed behind their back. */
    public World world() {
        return world;
    }

    public SandboxKafka kafka() {
        return kafka;
    }

    public Notifications notifications() {
        return notifications;
    }

    /** All regions in the order in which they were added. */
    public List<SandboxRegion> regions() {
        return List.copyOf(regions.values());
    }

    public SandboxRegion region(String name) {
        return known("region", name, regions.get(name));
    }

    public BucketState bucket(String name) {
        return known("bucket", name, world.bucket(name).orElse(null));
    }

    public Account account(String id) {
        return known("account", id, world.account(id).orElse(null));
    }

    /** The access key of an account. */
    public AccessKey keyOf(String accountId) {
        return account(accountId).accessKeys().getFirst();
    }

    /** Ends everything and deletes all data. */
    @Override
    public void close() {
        open.close();
    }

    private static void delete(Path directory) throws IOException {
        try (var walk = Files.walk(directory)) {
            for (var path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static <T> T known(String kind, String name, @Nullable T found) {
        if (found == null) {
            throw new IllegalArgumentException("the sandbox has no " + kind + " " + name);
        }
        return found;
    }
}
