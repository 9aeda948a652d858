package io.tidelock.scenarios.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What every thread of a JVM does, virtual ones included, as {@code jcmd} of this JDK tells it. */
public final class ThreadDump {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private ThreadDump() {}

    /** Writes the dump of a process as JSON; where there is none, the file says why. */
    public static void of(long pid, Path to) throws InterruptedException {
        try {
            var failure = dump(pid, to);
            if (!failure.isEmpty()) {
                Files.writeString(to, failure);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the thread dump of process " + pid + " cannot be written", e);
        }
    }

    private static String dump(long pid, Path to) throws InterruptedException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.dump_to_file",
                "-overwrite",
                "-format=json",
                to.toAbsolutePath().toString());
        try {
            var jcmd = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (jcmd.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return jcmd.exitValue() == 0 ? "" : "jcmd ended with status " + jcmd.exitValue();
            }
            jcmd.destroyForcibly();
            return "jcmd did not end within " + LIMIT;
        } catch (IOException e) {
            return "jcmd cannot be run: " + e.getMessage();
        }
    }
}
