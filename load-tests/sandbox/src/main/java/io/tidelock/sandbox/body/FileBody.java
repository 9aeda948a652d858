package io.tidelock.sandbox.body;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A large body in a file of its own, deleted with its last holder. */
public final class FileBody implements Body {
    private final Path file;
    private final long size;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Takes over the file, which is complete. */
    public FileBody(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void retain() {
        if (holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw new IllegalStateException("the body is gone: " + file);
        }
    }

    @Override
    public void release() {
        if (holders.decrementAndGet() == 0) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public List<Segment> segments(long offset, long length) {
        return List.of(new Segment.InFile(file, offset, length));
    }
}
