package io.tidelock.sandbox.body;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The directory that holds the files of large bodies; safe for many threads. */
public final class BodyDirectory {
    private final Path directory;
    private final AtomicLong last = new AtomicLong();

    private BodyDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory where it is missing, and within it one of its own, which whoever owns the parent deletes. */
    public static BodyDirectory within(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new BodyDirectory(Files.createTempDirectory(parent, "bodies-"));
    }

    /** A path that no other body has. */
    public Path next() {
        return directory.resolve(Long.toString(last.incrementAndGet()));
    }
}
