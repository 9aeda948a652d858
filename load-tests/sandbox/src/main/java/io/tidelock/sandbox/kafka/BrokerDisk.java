package io.tidelock.sandbox.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A small disk of a broker's own, which can be full: a file system in memory. Only root of a Linux machine can have one. Thread-safe.
 */
public final class BrokerDisk implements AutoCloseable {
    private static final String BALLAST = "ballast";
    private static final int CHUNK_BYTES = 1 << 20;
    private static final long PROBE_BYTES = 1 << 20;

    private final Path path;

    private BrokerDisk(Path path) {
        this.path = path;
    }

    /** Puts an empty disk of that size in the place of a directory. */
    static BrokerDisk at(Path directory, long bytes) throws IOException {
        run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + bytes, "tidelock-sandbox", directory.toString());
        return new BrokerDisk(directory);
    }

    /** Why there can be no disk here; empty where there can. */
    public static Optional<String> obstacle() {
        try {
            var directory = Files.createTempDirectory("tidelock-disk-");
            try (var _ = at(directory, PROBE_BYTES)) {
                return Optional.empty();
            } finally {
                Files.delete(directory);
            }
        } catch (IOException | UncheckedIOException refused) {
            return Optional.of("a disk of its own for the broker takes root and mount: " + refused.getMessage());
        }
    }

    /** Fills it to the last page. */
    public synchronized void fill() {
        var zeros = ByteBuffer.allocate(CHUNK_BYTES);
        try (var ballast = FileChannel.open(
                path.resolve(BALLAST),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
            while (true) {
                ballast.write(zeros.clear());
            }
        } catch (IOException full) {
            if (free() > 0) {
                throw new UncheckedIOException("the disk of the embedded Kafka broker cannot be filled", full);
            }
        }
    }

    private long free() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what {@link #fill} wrote. */
    public synchronized void makeRoom() {
        try {
            Files.deleteIfExists(path.resolve(BALLAST));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the directory back; files of it that are still open stay until they are closed. */
    @Override
    public void close() {
        try {
            run("umount", "--lazy", path.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + " says: " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + List.of(command) + " ran", e);
        }
    }
}
