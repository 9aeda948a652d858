package io.tidelock.sandbox.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A run of a body's bytes in one place. */
public sealed interface Segment {
    /** Bytes handed on at a time when a segment is read. */
    int PIECE_BYTES = 256 * 1024;

    long length();

    /** Reads it piece by piece, each in an array of its own; blocks. */
    void forEach(Consumer<byte[]> piece) throws IOException;

    /**
     * Bytes in memory.
     *
     * @param bytes the run, read only
     */
    record Heap(ByteBuffer bytes) implements Segment {
        @Override
        public long length() {
            return bytes.remaining();
        }

        @Override
        public void forEach(Consumer<byte[]> piece) {
            var copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            piece.accept(copy);
        }
    }

    /**
     * Bytes in a file.
     *
     * @param file the file
     * @param offset where the run starts
     * @param length its length
     */
    record InFile(Path file, long offset, long length) implements Segment {
        @Override
        public void forEach(Consumer<byte[]> piece) throws IOException {
            try (var channel = FileChannel.open(file)) {
                var end = offset + length;
                for (var at = offset; at < end; ) {
                    var buffer = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, end - at));
                    while (buffer.hasRemaining()) {
                        var read = channel.read(buffer, at);
                        if (read < 0) {
                            throw new IOException("file ended at " + at + " of " + end);
                        }
                        at += read;
                    }
                    piece.accept(buffer.array());
                }
            }
        }
    }
}
