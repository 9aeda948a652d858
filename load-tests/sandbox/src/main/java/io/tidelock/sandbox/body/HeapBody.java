package io.tidelock.sandbox.body;

import java.nio.ByteBuffer;
import java.util.List;

/** A small body on the heap. */
public final class HeapBody implements Body {
    private final byte[] bytes;
    private final int size;

    /** Takes over the array, of which the first {@code size} bytes count. */
    public HeapBody(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void retain() {
        // the garbage collector counts
    }

    @Override
    public void release() {
        // the garbage collector counts
    }

    @Override
    public List<Segment> segments(long offset, long length) {
        return List.of(new Segment.Heap(ByteBuffer.wrap(bytes, Math.toIntExact(offset), Math.toIntExact(length))
                .slice()
                .asReadOnlyBuffer()));
    }
}
