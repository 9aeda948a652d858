package io.tidelock.ingest.decode;

import static io.tidelock.ingest.decode.Notifications.decode;
import static io.tidelock.ingest.decode.Notifications.eventBridge;
import static io.tidelock.ingest.decode.Notifications.only;
import static io.tidelock.ingest.decode.Notifications.s3;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.json.Flaw;
import java.net.URLEncoder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {
    static Stream<String> oddKeys() {
        return Stream.of(
                "a b",
                "a+b",
                "a%2Bb",
                "100%",
                "\u00e9",
                "e\u0301",
                "\ud83d\ude00\ud83c\udff4",
                "/leading",
                "//",
                "..",
                "a/../b",
                "./a",
                "trailing ",
                " ",
                "%",
                "%%%2B%20",
                "a&b=c?d#e",
                "tab\tnew\nline\u0000nul",
                "\u202eright",
                "\"quoted\\\"",
                "x".repeat(1_024),
                "\u20ac".repeat(341) + "x");
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void rule_46_an_s3_key_is_form_decoded_exactly_once(String key) {
        // Given
        var spelled = URLEncoder.encode(key, UTF_8).replace("%2F", "/").replace("*", "%2A");
        // When
        var event = only(decode(SourceFormat.S3, s3("ObjectCreated:Put", Map.of("key", spelled))));
        // Then
        assertThat(event.object().key()).isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void rule_46_a_minio_key_is_query_decoded_and_its_slashes_too(String key) {
        // Given
        var spelled = URLEncoder.encode(key, UTF_8);
        // When
        var event = only(decode(SourceFormat.MINIO, s3("s3:ObjectCreated:Put", Map.of("key", spelled))));
        // Then
        assertThat(event.object().key()).isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void rule_46_ceph_and_eventbridge_keys_are_taken_as_they_are(String key) {
        // When
        var ceph = only(decode(SourceFormat.CEPH, s3("ObjectCreated:Put", Map.of("key", key))));
        var bridge = only(decode(
                SourceFormat.EVENTBRIDGE,
                eventBridge("Object Created", Map.of("bucket", Map.of("name", "b"), "object", Map.of("key", key)))));
        // Then
        assertThat(ceph.object().key()).isEqualTo(key);
        assertThat(bridge.object().key()).isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void rule_46_odd_keys_pass_through_the_record_of_the_engine(String key) {
        // Given
        var event = only(decode(SourceFormat.CEPH, s3("ObjectCreated:Put", Map.of("key", key))));
        // When
        var reading = EventCodec.decode(EventCodec.encode(event));
        // Then
        assertThat(reading).isEqualTo(new EventCodec.Event(event));
    }

    @Test
    void rule_46_the_same_spelling_means_different_keys_to_different_sources() {
        // Given
        var notification = s3("ObjectCreated:Put", Map.of("key", "a+b%2Bc"));
        // Then
        assertThat(only(decode(SourceFormat.S3, notification)).object().key()).isEqualTo("a b+c");
        assertThat(only(decode(SourceFormat.CEPH, notification)).object().key()).isEqualTo("a+b%2Bc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "%2", "%zz", "%C3", "%C3%28", "%ED%A0%80", "%F8%88%80%80%80", "\ud800"})
    void rule_46_what_is_not_encoded_as_the_source_encodes_is_refused_and_not_guessed(String spelled) {
        // When
        var decoded = decode(
                SourceFormat.S3,
                "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventName\":\"ObjectCreated:Put\","
                        + "\"eventTime\":\"2026-01-01T00:00:00Z\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\""
                        + spelled.replace("\ud800", "\\ud800") + "\"}}}]}");
        // Then
        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.flaw()).isEqualTo(Flaw.INVALID_KEY));
    }

    @ParameterizedTest
    @CsvSource({"1024, x, true", "1025, x, false", "341, \u20ac, true", "342, \u20ac, false", "256, \ud83d\ude00, true"
    })
    void a_key_has_at_most_1024_bytes_of_utf_8(int count, String piece, boolean accepted) {
        // When
        var decoded = decode(SourceFormat.CEPH, s3("ObjectCreated:Put", Map.of("key", piece.repeat(count))));
        // Then
        if (accepted) {
            assertThat(only(decoded).object().key()).isEqualTo(piece.repeat(count));
        } else {
            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Malformed.class, it -> assertThat(it.flaw()).isEqualTo(Flaw.INVALID_KEY));
        }
    }

    @Test
    void an_absent_key_is_refused_by_its_path() {
        // When
        var decoded = decode(SourceFormat.S3, s3("ObjectCreated:Put", Map.of("key", "")));
        // Then
        assertThat(decoded).isEqualTo(new Malformed(Flaw.MISSING_FIELD, "$.Records[0].s3.object.key is missing"));
    }
}
