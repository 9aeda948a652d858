package io.tidelock.ingest.decode;

import static io.tidelock.ingest.decode.Notifications.decode;
import static io.tidelock.ingest.decode.Notifications.json;
import static io.tidelock.ingest.decode.Notifications.only;
import static io.tidelock.ingest.decode.Notifications.record;
import static io.tidelock.ingest.decode.Notifications.s3;
import static io.tidelock.ingest.decode.Notifications.sample;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.decode.Decoded.Events;
import io.tidelock.ingest.decode.Decoded.FlawedPart;
import io.tidelock.ingest.decode.Decoded.Ignored;
import io.tidelock.ingest.decode.Decoded.Malformed;
import io.tidelock.ingest.json.Flaw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvelopesTest {
    @Test
    void rule_47a_a_notification_of_s3() {
        assertThat(only("aws-put.json"))
                .isEqualTo(new ObjectCreated(
                        new Occurrence(
                                new ObjectKey(new Bucket("paris", "photos"), "red flower.jpg"),
                                new VersionId("096fKKXTRTtl3on89fVO.nfljtsv6qko"),
                                Instant.parse("2026-11-23T12:20:40.345Z"),
                                new Sequencer("55AED6DCD90281E5"),
                                "AWS:AIDAJDPLRKLG7UEXAMPLE",
                                "ObjectCreated:Put",
                                Cause.REQUEST),
                        1024L,
                        "d41d8cd98f00b204e9800998ecf8427e"));
        assertThat(only("aws-tagging.json")).isInstanceOf(MetadataChanged.class);
    }

    @ParameterizedTest
    @CsvSource({"2.0, true", "2.3, true", "2.6, true", "2.17, true", "1.0, false", "3.0, false", "2, false", "x, false"
    })
    void rule_47a_the_major_version_must_be_2_and_any_minor_will_do(String version, boolean accepted) {
        // Given
        var record = record("ObjectCreated:Put", Map.of("key", "k"));
        record.put("eventVersion", version);
        // When
        var decoded = decode(SourceFormat.S3, json(Map.of("Records", List.of(record))));
        // Then
        if (accepted) {
            assertThat(only(decoded).object().key()).isEqualTo("k");
        } else {
            assertThat(decoded)
                    .isInstanceOfSatisfying(
                            Malformed.class, it -> assertThat(it.flaw()).isEqualTo(Flaw.UNSUPPORTED_VERSION));
        }
    }

    @Test
    void rule_47a_fields_that_are_not_known_are_ignored() {
        // Given
        var record = record("ObjectCreated:Put", Map.of("key", "k", "novelty", List.of(1, Map.of("deep", true))));
        record.put("annotations", Map.of("a", "b"));
        // Then
        assertThat(only(decode(SourceFormat.S3, json(Map.of("Records", List.of(record), "extra", 1))))
                        .object()
                        .key())
                .isEqualTo("k");
    }

    @Test
    void rule_47b_the_test_event_is_acknowledged_and_dropped() {
        assertThat(decode(SourceFormat.S3, sample("aws-test-event.json")))
                .isEqualTo(new Ignored(IgnoredReason.TEST_EVENT));
    }

    @Test
    void rule_47c_a_notification_wrapped_by_sns() {
        // When
        var event = only("aws-sns.json");
        // Then
        assertThat(event).isInstanceOf(DeleteMarkerCreated.class);
        assertThat(event.object().key()).isEqualTo("red flower.jpg");
    }

    @Test
    void rule_47c_sns_speaking_of_the_subscription_is_ignored() {
        // Given
        var confirmation = json(Map.of("Type", "SubscriptionConfirmation", "Message", "You have chosen", "Token", "t"));
        // Then
        assertThat(decode(SourceFormat.S3, confirmation)).isEqualTo(new Ignored(IgnoredReason.SUBSCRIPTION));
    }

    @Test
    void rule_47c_an_sqs_batch_of_bare_and_wrapped_notifications() {
        // When
        var decoded = decode(SourceFormat.S3, sample("aws-sqs-batch.json"));
        // Then
        assertThat(decoded).isInstanceOfSatisfying(Events.class, events -> {
            assertThat(events.events())
                    .extracting(event -> event.object().key())
                    .containsExactly("one", "two");
            assertThat(events.ignored()).containsExactly(IgnoredReason.TEST_EVENT);
            assertThat(events.flawed()).extracting(FlawedPart::path).containsExactly("$.Messages[3]");
            assertThat(events.flawed()).extracting(FlawedPart::flaw).containsExactly(Flaw.NOT_JSON);
        });
    }

    @Test
    void rule_47c_one_sqs_message_around_any_format() {
        // Given
        var message = json(Map.of("MessageId", "1", "Body", new String(sample("eventbridge-created.json"), UTF_8)));
        // Then
        assertThat(only(decode(SourceFormat.EVENTBRIDGE, message)).object().key())
                .isEqualTo("a+b %2B.jpg");
    }

    @Test
    void rule_47d_an_event_of_eventbridge() {
        assertThat(only("eventbridge-created.json"))
                .isEqualTo(new ObjectCreated(
                        new Occurrence(
                                new ObjectKey(new Bucket("paris", "photos"), "a+b %2B.jpg"),
                                new VersionId("IYV3p45BT0ac8hjHg1houSdS1a.Mro8e"),
                                Instant.parse("2026-11-12T00:00:00Z"),
                                new Sequencer("617F08299329D189"),
                                "123456789012",
                                "ObjectCreated:Put",
                                Cause.REQUEST),
                        5L,
                        "b1946ac92492d2347c6235b4d2611184"));
        assertThat(only("eventbridge-marker.json").occurrence().cause()).isEqualTo(Cause.REQUEST);
        assertThat(only("eventbridge-lifecycle.json").occurrence().cause()).isEqualTo(Cause.LIFECYCLE);
    }

    @Test
    void rule_47e_a_notification_of_minio() {
        // When
        var event = only("minio-put.json");
        // Then
        assertThat(event.object().key()).isEqualTo("dir/a b+\u00fc.jpg");
        assertThat(event.occurrence().name()).isEqualTo("ObjectCreated:Put");
        assertThat(event.occurrence().principal()).isEqualTo("minioadmin");
    }

    @Test
    void rule_47f_a_size_may_be_a_text() {
        assertThat(only(decode(SourceFormat.CEPH, s3("ObjectCreated:Put", Map.of("key", "k", "size", "1024")))))
                .isInstanceOfSatisfying(
                        ObjectCreated.class, it -> assertThat(it.sizeBytes()).isEqualTo(1024L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "", "99999999999999999999", "many"})
    void a_size_that_is_none_is_only_a_lost_hint(String size) {
        assertThat(only(decode(SourceFormat.S3, s3("ObjectCreated:Put", Map.of("key", "k", "size", size)))))
                .isInstanceOfSatisfying(
                        ObjectCreated.class, it -> assertThat(it.sizeBytes()).isNull());
    }

    @ParameterizedTest
    @CsvSource({"S3, '', null", "S3, null, null", "MINIO, '', null", "CEPH, null, null", "CEPH, '', ", "S3, v1, v1"})
    void rule_20_an_absent_version_id_is_the_null_version_except_where_ceph_does_not_say(
            SourceFormat format, String spelled, String version) {
        // When
        var event =
                only(decode(format, s3("ObjectCreated:Put", Map.of("key", "k", "eTag", "e", "versionId", spelled))));
        // Then
        assertThat(event.occurrence().versionId()).isEqualTo(version == null ? null : new VersionId(version));
    }

    @Test
    void rule_50_records_for_different_keys_are_different_events_and_bad_ones_are_named() {
        // Given
        var foreign = record("ObjectCreated:Put", Map.of("key", "c"));
        foreign.put("eventVersion", "9.9");
        var notification = json(Map.of(
                "Records",
                List.of(
                        record("ObjectCreated:Put", Map.of("key", "a")),
                        record("ObjectCreated:Put", Map.of("key", "%")),
                        record("ObjectRemoved:Delete", Map.of("key", "b")),
                        foreign,
                        "no record at all")));
        // When
        var decoded = decode(SourceFormat.S3, notification);
        // Then
        assertThat(decoded).isInstanceOfSatisfying(Events.class, events -> {
            assertThat(events.events())
                    .extracting(event -> event.object().key())
                    .containsExactly("a", "b");
            assertThat(events.flawed())
                    .extracting(FlawedPart::path)
                    .containsExactly("$.Records[1]", "$.Records[3]", "$.Records[4]");
            assertThat(events.flawed())
                    .extracting(FlawedPart::flaw)
                    .containsExactly(Flaw.INVALID_KEY, Flaw.UNSUPPORTED_VERSION, Flaw.INVALID_FIELD);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "minio-put.json, S3, minio",
        "ceph-01-unversioned-put.json, S3, ceph",
        "ceph-01-unversioned-put.json, MINIO, ceph",
        "minio-put.json, CEPH, minio",
        "aws-put.json, EVENTBRIDGE, s3",
        "eventbridge-created.json, S3, eventbridge",
        "eventbridge-created.json, CEPH, eventbridge"
    })
    void a_source_of_the_wrong_format_is_refused_with_the_remedy(
            String sample, SourceFormat configured, String remedy) {
        // When
        var decoded = decode(configured, sample(sample));
        // Then
        assertThat(decoded).isInstanceOfSatisfying(Malformed.class, it -> {
            assertThat(it.flaw()).isEqualTo(Flaw.WRONG_FORMAT);
            assertThat(it.detail()).contains("set the source's format to " + remedy);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                            | EMPTY
            '   '                                         | EMPTY
            null                                          | INVALID_FIELD
            42                                            | INVALID_FIELD
            []                                            | INVALID_FIELD
            {}                                            | UNKNOWN_ENVELOPE
            {                                             | NOT_JSON
            {"Records":[]} {"Records":[]}                 | NOT_JSON
            {"Records":[],"Records":[]}                   | NOT_JSON
            {"Records":{}}                                | INVALID_FIELD
            {"Records":7}                                 | INVALID_FIELD
            {"Type":"Notification","Message":"{"}         | NOT_JSON
            {"Type":"Notification","Message":{}}          | INVALID_FIELD
            {"Body":""}                                   | MISSING_FIELD
            {"detail-type":"Object Created","source":"x"} | WRONG_FORMAT
            """)
    void what_is_no_envelope_is_malformed_for_its_reason(String value, Flaw flaw) {
        assertThat(decode(SourceFormat.S3, value))
                .isInstanceOfSatisfying(
                        Malformed.class, it -> assertThat(it.flaw()).isEqualTo(flaw));
    }

    @Test
    void a_tombstone_and_an_empty_list_are_told_apart() {
        assertThat(EventDecoder.of(SourceFormat.S3, "paris").decode(null))
                .isEqualTo(new Malformed(Flaw.EMPTY, "the record has no value"));
        assertThat(decode(SourceFormat.S3, "{\"Records\":[]}")).isEqualTo(new Ignored(IgnoredReason.NO_RECORDS));
    }

    @Test
    void size_depth_wrapping_and_number_of_records_are_bounded() {
        // Given
        var wrapped = s3("ObjectCreated:Put", Map.of("key", "k"));
        for (int i = 0; i < 6; i++) {
            wrapped = json(Map.of("Body", wrapped));
        }
        var many = new ArrayList<Object>();
        for (int i = 0; i <= EventDecoder.PARTS_MAX; i++) {
            many.add(Map.of());
        }
        // Then
        for (var value : List.of(
                "x".repeat(EventDecoder.VALUE_BYTES_MAX + 1),
                "[".repeat(100_000),
                "{\"Records\":" + "[".repeat(40) + "]".repeat(40) + "}",
                wrapped,
                json(Map.of("Records", many)),
                json(Map.of("Messages", many)),
                "{\"n\":" + "9".repeat(500) + "}")) {
            assertThat(decode(SourceFormat.S3, value))
                    .isInstanceOfSatisfying(
                            Malformed.class, it -> assertThat(it.flaw()).isEqualTo(Flaw.TOO_LARGE));
        }
    }

    @Test
    void a_format_is_configured_by_its_name() {
        assertThat(SourceFormat.named("minio")).isEqualTo(SourceFormat.MINIO);
        assertThatThrownBy(() -> SourceFormat.named("MinIO"))
                .hasMessage("format must be one of s3, eventbridge, minio, ceph, was \"MinIO\"");
    }
}
