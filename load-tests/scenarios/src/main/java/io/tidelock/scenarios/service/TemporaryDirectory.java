package io.tidelock.scenarios.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A directory that is deleted with all it holds when it is closed, unless it is to be kept.
 *
 * @param path where it is
 * @param kept whether it stays
 */
public record TemporaryDirectory(Path path, boolean kept) implements AutoCloseable {
    /** Creates one with a name that begins so. */
    public static TemporaryDirectory create(String prefix, boolean kept) throws IOException {
        return new TemporaryDirectory(Files.createTempDirectory(prefix), kept);
    }

    @Override
    public void close() throws IOException {
        if (kept) {
            return;
        }
        try (var walk = Files.walk(path)) {
            for (var one : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }
}
