package io.tidelock.scenarios.service;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own. Thread-safe. */
public final class ServiceProcess implements AutoCloseable {
    /** The service promises to have drained within 30 s of being told to stop; a little grace is for the machine. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private static final Duration PROBE_GAP = Duration.ofMillis(100);
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);
    private static final int LOG_TAIL_LINES = 40;
    private static final int OK = 200;

    private final Process process;
    private final Path log;
    private final URI http;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();

    private ServiceProcess(Process process, Path log, URI http) {
        this.process = process;
        this.log = log;
        this.http = http;
    }

    /**
     * Starts {@code tidelock run} with a configuration.
     *
     * @param service how its command line is reached
     * @param setup what it is configured with
     * @param directory where configuration and log are written
     */
    public static ServiceProcess start(ServiceCommand service, ServiceSetup setup, Path directory) throws IOException {
        return start(service, setup.write(directory), setup.environment(), setup.httpPort(), directory);
    }

    /**
     * Starts {@code tidelock run} with a configuration file.
     *
     * @param environment what the process finds in its environment beside this one's
     * @param httpPort where the configuration has it serve health and metrics
     * @param directory where the log is written
     */
    public static ServiceProcess start(
            ServiceCommand service, Path configuration, Map<String, String> environment, int httpPort, Path directory)
            throws IOException {
        var command = new ArrayList<>(service.command());
        command.addAll(List.of("run", "--config", configuration.toString()));
        var log = directory.resolve("tidelock.log");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(service.environment());
        builder.environment().putAll(environment);
        var http = URI.create("http://127.0.0.1:" + httpPort);
        return new ServiceProcess(builder.start(), log, http);
    }

    /**
     * Waits until the service says that it is ready.
     *
     * @throws IllegalStateException with the end of its log when it ends or is not ready in time
     */
    public void awaitReady(Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        while (!ready()) {
            if (process.waitFor(PROBE_GAP.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "the service ended with status " + process.exitValue() + "; the end of its log:\n" + logTail());
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the service was not ready within " + limit + "; the end of its log:\n" + logTail());
            }
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it answers at all, ready or not. */
    public boolean isServing() throws InterruptedException {
        return !get("/health/live").isEmpty();
    }

    /** Writes what every thread does, virtual ones included, as JSON; says so in the file where that cannot be had. */
    public void dumpThreads(Path to) throws InterruptedException {
        ThreadDump.of(process.pid(), to);
    }

    public long pid() {
        return process.pid();
    }

    /** Where health and metrics are served. */
    public URI http() {
        return http;
    }

    public Path log() {
        return log;
    }

    /** Processor time used so far, zero where the system does not tell. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Memory that the process holds now and the most that it ever held, from {@code /proc}. */
    public Memory memory() throws IOException {
        return Memory.of(process.pid());
    }

    /** Returns the metrics page, empty while it cannot be had. */
    public Map<String, Double> metrics() throws InterruptedException {
        return MetricsPage.parse(get("/metrics"));
    }

    /** Tells the service to stop and returns its exit status; a service that does not stop in time is killed. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
        return process.exitValue();
    }

    /** Ends the process without giving it a chance to clean up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }

    /** The end of the log. */
    public String logTail() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** What it says of its readiness, ready or not; empty where it does not answer. */
    public String readiness() throws InterruptedException {
        return answer("/health/ready").map(HttpResponse::body).orElse("");
    }

    private boolean ready() throws InterruptedException {
        return !get("/health/ready").isEmpty();
    }

    private String get(String path) throws InterruptedException {
        return answer(path)
                .filter(answer -> answer.statusCode() == OK)
                .map(HttpResponse::body)
                .orElse("");
    }

    private Optional<HttpResponse<String>> answer(String path) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(http.resolve(path)).timeout(PROBE_LIMIT).build();
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
