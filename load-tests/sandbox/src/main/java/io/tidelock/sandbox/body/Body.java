package io.tidelock.sandbox.body;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Bytes that never change. A new body has one holder; each version, part or running read that keeps it is a holder more, and with the last
 * release its file is deleted. Safe for many threads.
 */
public sealed interface Body permits HeapBody, FileBody, JoinedBody, SlicedBody {
    /** Length in bytes. */
    long size();

    /** One holder more. */
    void retain();

    /** One holder fewer; with the last one the bytes are gone. */
    void release();

    /** Where the bytes from {@code offset} on lie, in order. */
    List<Segment> segments(long offset, long length);

    /** Reads all of it into memory: for looks in tests, at most 2 GiB. Blocks. */
    default byte[] bytes() throws IOException {
        var all = new ByteArrayOutputStream(Math.toIntExact(size()));
        for (var segment : segments(0, size())) {
            segment.forEach(piece -> all.write(piece, 0, piece.length));
        }
        return all.toByteArray();
    }
}
