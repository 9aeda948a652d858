package io.tidelock.sandbox.body;

import java.util.List;

/** A range of another body, which it holds. */
public final class SlicedBody implements Body {
    private final Body whole;
    private final long start;
    private final long size;

    /** Takes over one hold of the whole. */
    public SlicedBody(Body whole, long start, long size) {
        if (start < 0 || size < 0 || start + size > whole.size()) {
            throw new IllegalArgumentException(
                    "range must lie within " + whole.size() + " bytes, was " + start + " + " + size);
        }
        this.whole = whole;
        this.start = start;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void retain() {
        whole.retain();
    }

    @Override
    public void release() {
        whole.release();
    }

    @Override
    public List<Segment> segments(long offset, long length) {
        return whole.segments(start + offset, length);
    }
}
