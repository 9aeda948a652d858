package io.tidelock.scenarios.chaos;

import io.tidelock.scenarios.service.ServiceCommand;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.service.ServiceSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Instances of the service, each a process that keeps its name and comes and goes. One that starts while there is no broker waits for it; one
 * that ends by itself is a failure. Thread-safe.
 */
final class Fleet implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    private final List<Member> members;
    private final int residents;

    /**
     * Nothing runs yet.
     *
     * @param residents how many of them are meant to run all the time; the others are guests
     */
    Fleet(ServiceCommand command, List<ServiceSetup> setups, int residents, Path directory) {
        this.residents = residents;
        members = IntStream.range(0, setups.size())
                .mapToObj(i -> new Member(command, setups.get(i), directory.resolve("instance-" + i)))
                .toList();
    }

    /** Starts residents that do not run, and waits until all are ready. */
    void startAll() throws IOException, InterruptedException {
        for (var member : members.subList(0, residents)) {
            member.start();
        }
        for (var member : members.subList(0, residents)) {
            member.awaitReady();
        }
    }

    void start(int instance) throws IOException {
        members.get(instance).start();
    }

    /** Ends it at once; whether it ran. */
    boolean kill(int instance) throws InterruptedException {
        return members.get(instance).kill();
    }

    /** Lets it end in order where it serves; whether it did. */
    boolean stop(int instance) throws InterruptedException {
        return members.get(instance).stop();
    }

    /** How often an instance ended by itself, or was told to stop and did not end with status 0. */
    int badStops() {
        return members.stream().mapToInt(Member::badStops).sum();
    }

    /** Writes what every thread of every instance does beside its log. */
    void dumpThreads() throws InterruptedException {
        for (var member : members) {
            member.dumpThreads();
        }
    }

    /** The ends of all logs. */
    String logTails() {
        var tails = new StringBuilder();
        members.forEach(member -> tails.append(member.logTail()).append('\n'));
        return tails.toString();
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    /** One name, under which at most one process runs at a time. */
    private static final class Member implements AutoCloseable {
        private final ServiceCommand command;
        private final ServiceSetup setup;
        private final Path directory;
        private @Nullable ServiceProcess process;
        private int badStops;

        Member(ServiceCommand command, ServiceSetup setup, Path directory) {
            this.command = command;
            this.setup = setup;
            this.directory = directory;
        }

        synchronized void start() throws IOException {
            if (process != null && !process.isAlive()) {
                badStops++;
                close();
            }
            if (process == null) {
                process = ServiceProcess.start(command, setup, Files.createDirectories(directory));
            }
        }

        synchronized void awaitReady() throws InterruptedException {
            running().awaitReady(READY_LIMIT);
        }

        private ServiceProcess running() {
            if (process == null) {
                throw new IllegalStateException("not running: " + directory.getFileName());
            }
            return process;
        }

        synchronized boolean kill() throws InterruptedException {
            if (process == null) {
                return false;
            }
            var ran = process.isAlive();
            process.kill();
            close();
            return ran;
        }

        synchronized boolean stop() throws InterruptedException {
            if (process == null || !process.isServing()) {
                return false;
            }
            if (process.stop() != 0) {
                badStops++;
            }
            close();
            return true;
        }

        synchronized void dumpThreads() throws InterruptedException {
            if (process != null && process.isAlive()) {
                process.dumpThreads(directory.resolve("threads-" + process.pid() + ".json"));
            }
        }

        synchronized int badStops() {
            return badStops;
        }

        synchronized String logTail() {
            return directory.getFileName() + ":\n" + (process == null ? "(not running)" : process.logTail());
        }

        @Override
        public synchronized void close() {
            if (process != null) {
                process.close();
                process = null;
            }
        }
    }
}
