package io.tidelock.scenarios.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Reads dead letters as their documentation describes them, and puts large ones together again. */
final class LetterBox {
    private static final String CHUNK = "tidelock-chunk";
    private static final String ORIGINAL = "original.";

    private LetterBox() {}

    /** What a record is to those who must get it back: all of it, as text that can be compared. */
    static String exactly(ProducerRecord<byte[], byte[]> record) {
        return exactly(record.key(), record.value(), header(record.headers(), "number"));
    }

    /** The records that the letters hold, and nothing if a part is missing. */
    static List<String> open(List<ConsumerRecord<byte[], byte[]>> letters) {
        var whole = letters.stream()
                .filter(letter -> letter.headers().lastHeader(CHUNK) == null)
                .map(letter -> exactly(letter.key(), letter.value(), header(letter.headers(), ORIGINAL + "number")));
        var cut = new TreeMap<String, Map<Integer, byte[]>>();
        letters.stream()
                .filter(letter -> letter.headers().lastHeader(CHUNK) != null)
                .forEach(letter -> {
                    var place = new String(letter.headers().lastHeader(CHUNK).value(), UTF_8).split("/");
                    cut.computeIfAbsent(new String(letter.key(), UTF_8) + "/" + place[1], _ -> new TreeMap<>())
                            .put(Integer.parseInt(place[0]), letter.value());
                });
        var joined = cut.entrySet().stream()
                .filter(one -> one.getKey().endsWith("/" + one.getValue().size()))
                .map(one -> framed(one.getValue()));
        return Stream.concat(whole, joined).sorted().toList();
    }

    private static String framed(Map<Integer, byte[]> parts) {
        var bytes = new ByteArrayOutputStream();
        parts.values().forEach(bytes::writeBytes);
        var frame = ByteBuffer.wrap(bytes.toByteArray());
        frame.get();
        var key = field(frame);
        var value = field(frame);
        var number = "";
        for (int headers = frame.getInt(); headers > 0; headers--) {
            var name = new String(requireNonNull(field(frame)), UTF_8);
            var content = new String(requireNonNull(field(frame)), UTF_8);
            number = name.equals("number") ? content : number;
        }
        return exactly(key, value, number);
    }

    private static byte @Nullable [] field(ByteBuffer frame) {
        var length = frame.getInt();
        if (length < 0) {
            return null;
        }
        var bytes = new byte[length];
        frame.get(bytes);
        return bytes;
    }

    private static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    private static String exactly(byte @Nullable [] key, byte @Nullable [] value, String number) {
        return number + ": " + hex(key) + " = " + hex(value);
    }

    private static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
    }
}
