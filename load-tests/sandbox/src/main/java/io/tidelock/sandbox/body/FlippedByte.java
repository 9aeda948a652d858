package io.tidelock.sandbox.body;

import java.io.IOException;
import java.util.List;

/** Damage to a body: one byte of it is another. */
public final class FlippedByte {
    private FlippedByte() {}

    /**
     * The same bytes but for one, all of whose bits are flipped. Takes over two holds of the body. Blocks when it lies in a file.
     *
     * @param offset which byte, within the body
     */
    public static Body in(Body body, long offset) throws IOException {
        var found = new byte[1];
        for (var segment : body.segments(offset, 1)) {
            segment.forEach(piece -> found[0] = piece[0]);
        }
        return new JoinedBody(List.of(
                new SlicedBody(body, 0, offset),
                new HeapBody(new byte[] {(byte) ~found[0]}, 1),
                new SlicedBody(body, offset + 1, body.size() - offset - 1)));
    }
}
