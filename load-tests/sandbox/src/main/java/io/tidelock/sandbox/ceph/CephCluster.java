package io.tidelock.sandbox.ceph;

import io.tidelock.sandbox.model.AccessKey;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Two regions of Ceph RADOS gateways on this machine, on ports of their own, gone with their data when closed. Both know the same two users,
 * whose names are account ids. Thread-safe.
 */
public final class CephCluster implements AutoCloseable {
    /** Where a system property names the script that runs clusters, tests may start one. */
    public static final String SCRIPT_PROPERTY = "tidelock.ceph";

    /** Installing the packages counts too. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final int ENDPOINTS = 3;

    private final Path script;
    private final Map<String, String> environment;
    private final Thread atExit = new Thread(this::stop, "ceph-stop");
    private final Map<String, String> facts = new HashMap<>();

    private CephCluster(Path script, Map<String, String> environment) {
        this.script = script;
        this.environment = environment;
    }

    /** One gateway with its own buckets. */
    public record Region(URI endpoint, String name) {}

    /** Somebody who may own buckets in either region. */
    public record User(String account, AccessKey key) {}

    /** The script that starts clusters, where this run may start one. */
    public static Optional<Path> script() {
        return Optional.ofNullable(System.getProperty(SCRIPT_PROPERTY))
                .map(Path::of)
                .map(Path::toAbsolutePath);
    }

    /**
     * Installs what is missing and starts a cluster.
     *
     * @throws IllegalStateException with what the script said when the cluster does not start
     */
    public static CephCluster start(Path script) throws IOException, InterruptedException {
        var ports = freePorts();
        // Sockets are made in it, and their paths may not be long.
        var home = Files.createTempDirectory("ceph-").resolve("c");
        var cluster = new CephCluster(
                script,
                Map.of(
                        "TIDELOCK_CEPH_HOME", home.toString(),
                        "TIDELOCK_CEPH_MONITOR_PORT", String.valueOf(ports[0]),
                        "TIDELOCK_CEPH_PARIS_PORT", String.valueOf(ports[1]),
                        "TIDELOCK_CEPH_FRANKFURT_PORT", String.valueOf(ports[2])));
        Runtime.getRuntime().addShutdownHook(cluster.atExit);
        cluster.run("start").lines().forEach(line -> {
            var equals = line.indexOf('=');
            cluster.facts.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return cluster;
    }

    public Region paris() {
        return new Region(URI.create(fact("PARIS_ENDPOINT")), fact("PARIS_REGION"));
    }

    public Region frankfurt() {
        return new Region(URI.create(fact("FRANKFURT_ENDPOINT")), fact("FRANKFURT_REGION"));
    }

    /** The user who owns what is replicated. */
    public User source() {
        return user("SOURCE");
    }

    /** The user who owns replicas. */
    public User destination() {
        return user("DESTINATION");
    }

    /** The id of the KMS key of source objects. */
    public String sourceKmsKey() {
        return fact("SOURCE_KMS_KEY");
    }

    /** The id of the KMS key of replicas. */
    public String destinationKmsKey() {
        return fact("DESTINATION_KMS_KEY");
    }

    private User user(String name) {
        return new User(
                fact(name + "_ACCOUNT"),
                new AccessKey(fact(name + "_ACCESS_KEY_ID"), fact(name + "_SECRET_ACCESS_KEY")));
    }

    private String fact(String name) {
        var value = facts.get(name);
        if (value == null) {
            throw new IllegalStateException(script + " start did not say " + name);
        }
        return value;
    }

    private String run(String command) throws IOException, InterruptedException {
        var out = Files.createTempFile("ceph-", ".out");
        var err = Files.createTempFile("ceph-", ".err");
        try {
            var builder = new ProcessBuilder(script.toString(), command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(script + " " + command + " did not end within " + START_LIMIT);
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(script + " " + command + " failed: " + Files.readString(err));
            }
            return Files.readString(out);
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    /** All at once, so that no two are the same. */
    private static int[] freePorts() throws IOException {
        var sockets = new ServerSocket[ENDPOINTS];
        var ports = new int[ENDPOINTS];
        for (int i = 0; i < ENDPOINTS; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = sockets[i].getLocalPort();
        }
        for (var socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private void stop() {
        try {
            run("stop");
            Files.deleteIfExists(Path.of(environment.get("TIDELOCK_CEPH_HOME")).getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Ceph stops", e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        stop();
    }
}
