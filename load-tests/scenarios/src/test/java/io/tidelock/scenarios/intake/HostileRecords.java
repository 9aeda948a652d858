package io.tidelock.scenarios.intake;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that no decoder may accept: damaged, truncated, and made to hurt; none of them is a bucket event. */
final class HostileRecords {
    private static final int DEPTH = 100_000;
    private static final int LARGE_BYTES = 900_000;
    private static final String EVENT = """
            {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-3",\
            "eventTime":"2026-03-04T05:06:07.089Z","eventName":"ObjectCreated:Put",\
            "userIdentity":{"principalId":"AWS:1"},"s3":{"s3SchemaVersion":"1.0","configurationId":"c",\
            "bucket":{"name":"photos","ownerIdentity":{"principalId":"1"},"arn":"arn:aws:s3:::photos"},\
            "object":{"key":"never","size":1,"eTag":"e","versionId":"v","sequencer":"0055AED6DCD90281E5"}}}]}""";

    private final SplittableRandom random;

    HostileRecords(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Different records for one topic, each with a record key and a header of its own. */
    List<ProducerRecord<byte[], byte[]>> take(String topic, int count) {
        var kinds = kinds();
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int number = 0; number < count; number++) {
            var value = kinds.get(number % kinds.size()).make(number);
            var key = number % 3 == 0 ? null : ("hostile-" + number).getBytes(UTF_8);
            var record = new ProducerRecord<byte[], byte[]>(topic, key, value);
            record.headers().add("number", Integer.toString(number).getBytes(UTF_8));
            records.add(record);
        }
        return records;
    }

    private List<Kind> kinds() {
        return List.of(
                _ -> null,
                _ -> new byte[0],
                number -> noise(1 + number),
                _ -> Arrays.copyOf(EVENT.getBytes(UTF_8), random.nextInt(1, EVENT.length())),
                number -> text("this is no JSON " + number),
                _ -> text("[".repeat(DEPTH)),
                _ -> text("{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH)),
                number -> text(
                        List.of("{}", "[]", "\"text\"", "42", "null", "true").get(number % 6)),
                _ -> text("{\"Records\":{\"0\":1}}"),
                _ -> damaged(event -> event.replace("\"2.1\"", "\"3.0\"")),
                _ -> damaged(event -> event.replace("\"eventVersion\":\"2.1\",", "")),
                _ -> damaged(event -> event.replace("\"s3\":{", "\"s4\":{")),
                number -> keyed(List.of("%zz", "a%", "a%F", "%+1").get(number % 4)),
                _ -> keyed("%FF%FE"),
                number -> keyed("k".repeat(1_025 + number)),
                _ -> keyed(""),
                _ -> keyed("\\uD800"),
                number -> damaged(event -> event.replace("ObjectCreated:Put", "ObjectTeleported:" + number)),
                _ -> damaged(event -> event.replace("2026-03-04T", "yesterday ")),
                _ -> damaged(event -> event.replace("\"s3\":{", "\"s3\":\"string\",\"x\":{")),
                _ -> damaged(event -> event.replace("\"eventName\"", "\"eventName\":\"x\",\"eventName\"")),
                _ -> replaced(EVENT.getBytes(UTF_8), (byte) 'n', (byte) 0xC3),
                _ -> text("{\"Type\":\"Notification\",\"Message\":\"{\\\"Records\\\":[\"}"),
                _ -> text(wrapped(10)),
                _ -> text("{\"Messages\":[{\"Body\":\"no JSON\"}]}"),
                _ -> text("{\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":{}}"),
                _ -> damaged(event -> event.replace("aws:s3\"", "minio:s3\"")),
                _ -> noise(LARGE_BYTES),
                _ -> text("{\"Records\":[" + "{},".repeat(1_000) + "{}]}"),
                _ -> text(EVENT + EVENT),
                _ -> Arrays.copyOf(EVENT.getBytes(UTF_16), EVENT.length()),
                _ -> damaged(event -> event.replace("\"name\":\"photos\",", "")));
    }

    private byte[] noise(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        // No JSON document begins so.
        bytes[0] = (byte) 0x80;
        return bytes;
    }

    private static byte[] keyed(String key) {
        return damaged(event -> event.replace("\"key\":\"never\"", "\"key\":\"" + key + "\""));
    }

    private static byte[] damaged(UnaryOperator<String> damage) {
        var damaged = damage.apply(EVENT);
        if (damaged.equals(EVENT)) {
            throw new IllegalStateException("the damage did nothing");
        }
        return text(damaged);
    }

    private static byte[] replaced(byte[] bytes, byte old, byte with) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == old ? with : bytes[i];
        }
        return bytes;
    }

    private static String wrapped(int times) {
        var text = EVENT;
        for (int i = 0; i < times; i++) {
            text = "{\"Type\":\"Notification\",\"Message\":\""
                    + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
        }
        return text;
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    /** Makes the value of the record with a number. */
    private interface Kind {
        byte @Nullable [] make(int number);
    }
}
