package io.tidelock.scenarios.service;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.SandboxBuilder;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.scenarios.traffic.TrafficPlan;
import io.tidelock.scenarios.traffic.TrafficWriter;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReadVersion;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import io.tidelock.scenarios.verify.SideBySide;
import io.tidelock.scenarios.verify.Verification;
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/** The world of two regions with the service as a process beside it. */
public final class Installation implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final TemporaryDirectory directory = TemporaryDirectory.create("tidelock-installation-", false);
    private final Sandbox sandbox;
    private final ReplicationWatch watch =
            new ReplicationWatch(TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
    private final S3Client source;
    private final S3Client replica;
    private final ServiceSetup setup;
    private final List<String> jvmOptions;
    private ServiceProcess service;

    /** Starts the world and the service, and returns when it is ready. */
    public Installation(SandboxBuilder world, List<String> jvmOptions) throws IOException, InterruptedException {
        this(world, jvmOptions, "");
    }

    /** The same with further settings as YAML. */
    public Installation(SandboxBuilder world, List<String> jvmOptions, String more)
            throws IOException, InterruptedException {
        this(world, jvmOptions, more, "");
    }

    /** The same with what each store may cost, as YAML. */
    public Installation(SandboxBuilder world, List<String> jvmOptions, String more, String budget)
            throws IOException, InterruptedException {
        sandbox = world.start();
        sandbox.world().listen(watch);
        source = client(TwoRegions.PARIS, TwoRegions.SOURCE_ACCOUNT);
        replica = client(TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT);
        this.jvmOptions = List.copyOf(jvmOptions);
        setup = ServiceSetup.of(sandbox, more, budget);
        service = started();
    }

    private ServiceProcess started() throws IOException, InterruptedException {
        var starting = ServiceProcess.start(ServiceCommand.found(jvmOptions), setup, directory.path());
        try {
            starting.awaitReady(READY_LIMIT);
        } catch (IllegalStateException notReady) {
            starting.close();
            throw notReady;
        }
        return starting;
    }

    /** Kills the service without giving it a chance to clean up, and starts it again. */
    public void killAndRestart() throws IOException, InterruptedException {
        service.kill();
        service.close();
        service = started();
    }

    /** Tells the service to stop and starts it again when it has ended; returns its exit status. */
    public int stopAndRestart() throws IOException, InterruptedException {
        var status = service.stop();
        service.close();
        service = started();
        return status;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public ReplicationWatch watch() {
        return watch;
    }

    public ServiceProcess service() {
        return service;
    }

    public S3Client source() {
        return source;
    }

    public S3Client replica() {
        return replica;
    }

    /** Writes traffic to the source as fast as it goes. */
    public void write(TrafficPlan plan, long versions) throws InterruptedException {
        try (var writer = new TrafficWriter(source, TwoRegions.SOURCE_BUCKET, TwoRegions.SOURCE_KEY_ARN)) {
            writer.write(plan, versions, 0, () -> false);
        }
    }

    /** Compares both sides by an independent reader. */
    public Verification verify(History history) throws InterruptedException {
        return SideBySide.compare(
                new BucketReader(source, TwoRegions.SOURCE_BUCKET),
                new BucketReader(replica, TwoRegions.DESTINATION_BUCKET),
                TwoRegionsPolicy.of(sandbox, history));
    }

    /** All that the destination holds by key, oldest first. */
    public Map<String, List<ReadVersion>> replicas() throws InterruptedException {
        return new BucketReader(replica, TwoRegions.DESTINATION_BUCKET).read();
    }

    /** Runs another command of {@code tidelock} with the service's configuration; returns its exit code. */
    public int run(String name, String... arguments) throws IOException, InterruptedException {
        var command = ServiceCommand.found(List.of());
        var line = new ArrayList<>(command.command());
        line.addAll(List.of(name, "--config", setup.write(directory.path()).toString()));
        line.addAll(List.of(arguments));
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.path().resolve(name + ".log").toFile());
        builder.environment().putAll(command.environment());
        builder.environment().putAll(setup.environment());
        return builder.start().waitFor();
    }

    @Override
    public void close() throws IOException {
        service.close();
        source.close();
        replica.close();
        sandbox.close();
        directory.close();
    }

    private S3Client client(String regionName, String accountId) {
        var region = sandbox.region(regionName);
        return S3Clients.of(region.endpoint(), region.region(), sandbox.keyOf(accountId));
    }
}
