package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.StreamPosition;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic of dead letters, record by record in the order of each partition, and puts together what {@link DeadLetters}
 * cut. Not thread-safe.
 */
public final class DeadLetterReader {
    /** So many letters that were cut are put together at a time; of more, the one that was begun first is left out. */
    private static final int CUT_LETTERS_MAX = 64;

    private final Map<String, Cut> cut = new LinkedHashMap<>();

    /** What a record turned out to be. */
    public sealed interface Reading {}

    /** A whole letter. */
    public record Letter(DeadLetter letter) implements Reading {}

    /** Says what was redriven. */
    public record Note(RedriveNote note) implements Reading {}

    /** A part of a letter that is not whole yet, or whose beginning was not read. */
    public record Part() implements Reading {}

    /** Something that Tidelock has not written. */
    public record Unreadable(String detail) implements Reading {}

    /** A letter of which some parts were read. */
    private record Cut(StreamPosition at, ByteArrayOutputStream frame, int parts) {}

    /**
     * Reads the next record.
     *
     * @throws NewerRecordException when a newer version wrote it
     */
    public Reading read(SourceRecord record) {
        try {
            if (header(record, RedriveNote.HEADER) != null) {
                return new Note(RedriveNote.read(record));
            }
            var layout = header(record, DeadLetters.LAYOUT);
            if (layout != null && Integer.parseInt(layout) > DeadLetters.VERSION) {
                throw new NewerRecordException(
                        record.position(), "layout is " + layout + ", this program reads up to " + DeadLetters.VERSION);
            }
            var chunk = header(record, DeadLetters.CHUNK);
            return chunk == null
                    ? new Letter(letter(record.position(), record, record.key(), record.value(), originals(record)))
                    : part(record, chunk);
        } catch (IllegalArgumentException | BufferUnderflowException | NegativeArraySizeException e) {
            return new Unreadable(record.position() + ": " + e);
        }
    }

    private static DeadLetter letter(
            StreamPosition at,
            SourceRecord record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            List<RecordHeader> headers) {
        var position = new StreamPosition(
                required(record, DeadLetters.TOPIC),
                Integer.parseInt(required(record, DeadLetters.PARTITION)),
                Long.parseLong(required(record, DeadLetters.OFFSET)));
        var timestamp = Instant.ofEpochMilli(Long.parseLong(required(record, DeadLetters.TIMESTAMP)));
        return new DeadLetter(
                at,
                record.timestamp(),
                new SourceRecord(position, timestamp, key, value, headers),
                required(record, DeadLetters.REASON),
                required(record, DeadLetters.DETAIL),
                required(record, DeadLetters.READER),
                header(record, DeadLetters.RULE));
    }

    private static List<RecordHeader> originals(SourceRecord record) {
        return record.headers().stream()
                .filter(header -> header.name().startsWith(DeadLetters.ORIGINAL))
                .map(header -> new RecordHeader(header.name().substring(DeadLetters.ORIGINAL.length()), header.value()))
                .toList();
    }

    private Reading part(SourceRecord record, String chunk) {
        var slash = chunk.indexOf('/');
        if (slash < 0 || record.value() == null) {
            throw new IllegalArgumentException(DeadLetters.CHUNK + " is " + chunk);
        }
        int number = Integer.parseInt(chunk, 0, slash, 10);
        int count = Integer.parseInt(chunk, slash + 1, chunk.length(), 10);
        var name = record.position().partition() + " " + (record.key() == null ? "" : new String(record.key(), UTF_8));
        var before = cut.remove(name);
        if (number != 1 && (before == null || before.parts() != number - 1)) {
            return new Part();
        }
        var now = number == 1 || before == null
                ? new Cut(record.position(), new ByteArrayOutputStream(), 1)
                : new Cut(before.at(), before.frame(), number);
        now.frame().writeBytes(record.value());
        if (number == count) {
            return new Letter(
                    framed(now.at(), record, ByteBuffer.wrap(now.frame().toByteArray())));
        }
        if (cut.size() == CUT_LETTERS_MAX) {
            cut.remove(cut.keySet().iterator().next());
        }
        cut.put(name, now);
        return new Part();
    }

    private static DeadLetter framed(StreamPosition at, SourceRecord last, ByteBuffer frame) {
        int version = frame.get();
        if (version > DeadLetters.FRAME_VERSION) {
            throw new NewerRecordException(
                    at, "its frame is " + version + ", this program reads up to " + DeadLetters.FRAME_VERSION);
        }
        var key = field(frame);
        var value = field(frame);
        int count = frame.getInt();
        var headers = new ArrayList<RecordHeader>();
        for (int i = 0; i < count; i++) {
            var name = field(frame);
            headers.add(new RecordHeader(name == null ? "" : new String(name, UTF_8), field(frame)));
        }
        return letter(at, last, key, value, headers);
    }

    private static byte @Nullable [] field(ByteBuffer frame) {
        int length = frame.getInt();
        if (length < 0) {
            return null;
        }
        if (length > frame.remaining()) {
            throw new IllegalArgumentException("a field of " + length + " bytes is cut short");
        }
        var bytes = new byte[length];
        frame.get(bytes);
        return bytes;
    }

    private static String required(SourceRecord record, String name) {
        var value = header(record, name);
        if (value == null) {
            throw new IllegalArgumentException("the header " + name + " is missing");
        }
        return value;
    }

    private static @Nullable String header(SourceRecord record, String name) {
        for (var header : record.headers()) {
            var value = header.value();
            if (header.name().equals(name) && value != null) {
                return new String(value, UTF_8);
            }
        }
        return null;
    }
}
