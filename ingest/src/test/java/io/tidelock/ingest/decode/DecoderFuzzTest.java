package io.tidelock.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tidelock.ingest.decode.Decoded.Events;
import io.tidelock.ingest.decode.Decoded.Ignored;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.handoff.EventCodec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecoderFuzzTest {
    private static final List<String> HOSTILE = List.of(
            "\"\\ud800\"",
            "null",
            "-0",
            "1e999999999",
            "{}",
            "[]",
            "\u0000",
            "\"%\"",
            "\"%00\"",
            "NaN",
            "\\",
            "\"",
            "{",
            "}");

    /** The first byte chooses the format. */
    @FuzzTest
    void the_decoder_never_throws_and_what_it_reads_can_be_passed_on(byte[] data) {
        if (data.length == 0) {
            return;
        }
        var format = List.of(SourceFormat.values()).get((data[0] & 0xff) % SourceFormat.values().length);
        check(format, Arrays.copyOfRange(data, 1, data.length));
    }

    @Test
    void no_damage_to_a_real_notification_makes_the_decoder_throw() {
        // Given
        var seed = 20_261_123L;
        var random = new Random(seed);
        var seen = new EnumMap<Kind, Integer>(Kind.class);
        for (int round = 0; round < 1_000; round++) {
            for (var sample : Notifications.samples().entrySet()) {
                var damaged = damaged(sample.getValue(), random);
                // When
                var kind = check(Notifications.formatOf(sample.getKey()), damaged);
                // Then
                seen.merge(kind, 1, Integer::sum);
            }
        }
        assertThat(seen).as("seed %d", seed).containsKeys(Kind.values());
        assertThat(seen.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(20_000);
    }

    private enum Kind {
        EVENTS,
        PARTLY,
        IGNORED,
        MALFORMED
    }

    private static Kind check(SourceFormat format, byte[] value) {
        return switch (EventDecoder.of(format, "paris").decode(value)) {
            case Events read -> {
                for (var event : read.events()) {
                    assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(new EventCodec.Event(event));
                    assertThat(event.object().bucket().store()).isEqualTo("paris");
                }
                yield read.flawed().isEmpty() ? Kind.EVENTS : Kind.PARTLY;
            }
            case Ignored _ -> Kind.IGNORED;
            case Malformed malformed -> {
                assertThat(malformed.detail()).hasSizeBetween(1, 310);
                yield Kind.MALFORMED;
            }
        };
    }

    private static byte[] damaged(byte[] sample, Random random) {
        var bytes = sample.clone();
        for (int i = random.nextInt(3); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(6)) {
                case 0 -> Arrays.copyOf(bytes, Math.max(1, at));
                case 1 ->
                    spliced(bytes, at, at, any(HOSTILE, random).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                case 2 -> spliced(bytes, at, Math.min(bytes.length, at + random.nextInt(40)), new byte[0]);
                case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at / 2, at));
                default -> {
                    bytes[at] = (byte) random.nextInt(256);
                    yield bytes;
                }
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
        var result = new byte[from + middle.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
