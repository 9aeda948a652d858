package io.tidelock.sandbox.body;

import java.util.ArrayList;
import java.util.List;

/** Bodies one after the other, as the parts of an upload; holds each of them. */
public final class JoinedBody implements Body {
    private final List<Body> bodies;
    private final long[] starts;
    private final long size;

    /** Takes over one hold of each body. */
    public JoinedBody(List<? extends Body> bodies) {
        this.bodies = List.copyOf(bodies);
        this.starts = new long[bodies.size()];
        var end = 0L;
        for (var i = 0; i < starts.length; i++) {
            starts[i] = end;
            end += bodies.get(i).size();
        }
        this.size = end;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void retain() {
        bodies.forEach(Body::retain);
    }

    @Override
    public void release() {
        bodies.forEach(Body::release);
    }

    @Override
    public List<Segment> segments(long offset, long length) {
        var found = new ArrayList<Segment>();
        var end = offset + length;
        for (var i = 0; i < starts.length && starts[i] < end; i++) {
            var body = bodies.get(i);
            var from = Math.max(offset, starts[i]);
            var to = Math.min(end, starts[i] + body.size());
            if (from < to) {
                found.addAll(body.segments(from - starts[i], to - from));
            }
        }
        return found;
    }
}
