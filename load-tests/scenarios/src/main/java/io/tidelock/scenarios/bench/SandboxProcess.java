package io.tidelock.scenarios.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.sandbox.model.AccessKey;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sandbox in a JVM of its own, seen from outside. Used by one thread. */
final class SandboxProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final JsonNode addresses;

    private SandboxProcess(Process process) throws IOException {
        this.process = process;
        this.commands = process.outputWriter(UTF_8);
        this.answers = process.inputReader(UTF_8);
        this.addresses = answer();
    }

    static SandboxProcess start(List<String> moreBuckets) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName()));
        command.addAll(moreBuckets);
        return new SandboxProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    String kafka() {
        return addresses.get("kafka").textValue();
    }

    URI paris() {
        return URI.create(addresses.get("paris").textValue());
    }

    URI frankfurt() {
        return URI.create(addresses.get("frankfurt").textValue());
    }

    AccessKey sourceKey() {
        return new AccessKey(
                addresses.get("sourceKeyId").textValue(),
                addresses.get("sourceSecret").textValue());
    }

    AccessKey destinationKey() {
        return new AccessKey(
                addresses.get("destinationKeyId").textValue(),
                addresses.get("destinationSecret").textValue());
    }

    /** Tells all that was written since the last time, and waits until it has arrived; returns how long that took. */
    Duration replicate(Duration limit) throws IOException {
        ask("release");
        var drained = ask("drain " + limit.toSeconds());
        if (!drained.get("drained").booleanValue()) {
            throw new IOException(drained.get("pending") + " objects were not replicated within " + limit);
        }
        return Duration.ofNanos((long) (drained.get("seconds").doubleValue() * 1e9));
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        return answer();
    }

    private JsonNode answer() throws IOException {
        var line = answers.readLine();
        if (line == null) {
            throw new IOException("the sandbox ended");
        }
        return JSON.readTree(line);
    }
}
