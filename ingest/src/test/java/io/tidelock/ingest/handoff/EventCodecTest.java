package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.BucketEvent.Aspect;
import io.tidelock.domain.BucketEvent.DeleteMarkerCreated;
import io.tidelock.domain.BucketEvent.MetadataChanged;
import io.tidelock.domain.BucketEvent.ObjectCreated;
import io.tidelock.domain.BucketEvent.VersionRemoved;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import io.tidelock.ingest.handoff.EventCodec.Event;
import io.tidelock.ingest.handoff.EventCodec.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventCodecTest {
    private static final String SMALLEST = """
        {"v":1,"type":"removed","store":"s","bucket":"b","key":"k","time":"2026-01-01T00:00:00Z","name":"n","cause":"JOB"}\
        """;

    @Test
    void every_event_comes_back_as_it_went_in() {
        // Given
        var seed = 7L;
        var random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            var event = event(random);
            // When
            var reading = EventCodec.decode(EventCodec.encode(event));
            // Then
            assertThat(reading).as("seed %d, case %d", seed, i).isEqualTo(new Event(event));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\ud800", "a\udc00b", "\udbff\udbff", "e\u0301", "\ud83d\ude00", "\u0000", "\"\\\n", "\uffff"})
    void a_key_that_is_no_valid_unicode_survives(String key) {
        // Given
        var event = new VersionRemoved(occurrence(key));
        // When
        var reading = EventCodec.decode(EventCodec.encode(event));
        // Then
        assertThat(reading).isEqualTo(new Event(event));
    }

    @Test
    void the_record_is_pinned_so_that_other_versions_of_the_program_can_read_it() {
        // Given
        var event = new ObjectCreated(
                new Occurrence(
                        new ObjectKey(new Bucket("paris", "photos"), "a/\u00e9"),
                        new VersionId("v1"),
                        Instant.parse("2026-11-23T12:20:40.345360Z"),
                        new Sequencer("0055AED6DCD90281E5"),
                        "AWS:alice",
                        "ObjectCreated:Put",
                        Cause.REQUEST),
                17L,
                "d41d");
        // When
        var record = new String(EventCodec.encode(event), UTF_8);
        // Then
        assertThat(record).isEqualTo("""
            {"v":1,"type":"created","store":"paris","bucket":"photos","key":"a/\\u00E9","versionId":"v1",\
            "time":"2026-11-23T12:20:40.345360Z","sequencer":"55AED6DCD90281E5","principal":"AWS:alice",\
            "name":"ObjectCreated:Put","cause":"REQUEST","size":17,"eTag":"d41d"}\
            """);
    }

    @Test
    void what_a_job_asks_for_is_a_newer_version_that_names_the_rule_and_the_purpose() {
        // Given
        var bare = occurrence("k");
        var event = new VersionRemoved(new Occurrence(
                bare.object(), null, bare.time(), null, null, "n", Cause.JOB, new Look("r", Look.Purpose.SWEEP)));
        // When
        var record = new String(EventCodec.encode(event), UTF_8);
        // Then
        assertThat(record).isEqualTo("""
            {"v":2,"type":"removed","store":"s","bucket":"b","key":"k","time":"2026-01-01T00:00:00.000000001Z",\
            "name":"n","cause":"JOB","rule":"r","purpose":"SWEEP"}\
            """);
    }

    @Test
    void a_look_after_a_takeover_is_kept_from_programs_that_do_not_know_it() {
        // Given
        var event = new VersionRemoved(new Occurrence(
                new ObjectKey(new Bucket("s", "b"), "k"),
                null,
                Instant.parse("2026-01-01T00:00:00.000000001Z"),
                null,
                null,
                "n",
                Cause.JOB,
                new Look("r", Look.Purpose.TAKEOVER)));
        // When
        var record = EventCodec.encode(event);
        // Then
        assertThat(new String(record, UTF_8)).startsWith("{\"v\":3,").contains("\"purpose\":\"TAKEOVER\"");
        assertThat(EventCodec.decode(record)).isEqualTo(new Event(event));
    }

    @Test
    void an_older_record_of_a_job_means_every_rule() {
        assertThat(EventCodec.decode(SMALLEST.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Event.class,
                        read -> assertThat(read.event().occurrence().look()).isNull());
    }

    @Test
    void fields_that_are_not_known_are_ignored() {
        // Given
        var record = SMALLEST.replace("\"v\":1", "\"v\":1,\"later\":{\"deep\":[1,2]}");
        // When
        var reading = EventCodec.decode(record.getBytes(UTF_8));
        // Then
        assertThat(reading).isInstanceOf(Event.class);
    }

    @Test
    void a_newer_version_is_refused_by_name() {
        // Given
        var record = SMALLEST.replace("\"v\":1", "\"v\":4");
        // When
        var reading = EventCodec.decode(record.getBytes(UTF_8));
        // Then
        assertThat(reading).isEqualTo(new EventCodec.Newer("event.v is 4, this program reads up to 3"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
        "v":1,                | ^^                        | MISSING_FIELD
        "v":1                 | "v":0                     | MISSING_FIELD
        "removed"             | "vanished"                | UNKNOWN_EVENT
        "store":"s"           | "store":"a/b"             | INVALID_FIELD
        "bucket":"b"          | "bucket":""               | MISSING_FIELD
        "key":"k"             | "key":null                | MISSING_FIELD
        "key":"k"             | "key":["k"]               | INVALID_FIELD
        "time":"2026          | "time":"x2026             | INVALID_FIELD
        "time":"2026-01       | "time":"1969-01           | INVALID_FIELD
        "cause":"JOB"         | "cause":"WEATHER"         | INVALID_FIELD
        "name":"n"            | "name":"n","sequencer":"g"| INVALID_FIELD
        "name":"n"            | "name":"n","name":"m"     | NOT_JSON
        {"v"                  | [{"v"                     | NOT_JSON
        "JOB"}                | "JOB"} {}                 | NOT_JSON
        """)
    void what_cannot_be_an_event_is_refused_with_its_reason(String good, String bad, String reason) {
        // Given
        var record = SMALLEST.replace(good, bad);
        // When
        var reading = EventCodec.decode(record.getBytes(UTF_8));
        // Then
        assertThat(record).isNotEqualTo(SMALLEST);
        assertThat(reading)
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    @Test
    void missing_empty_and_oversized_values_are_refused() {
        assertThat(EventCodec.decode(null))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.reason()).isEqualTo("EMPTY"));
        assertThat(EventCodec.decode(new byte[0]))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.reason()).isEqualTo("EMPTY"));
        assertThat(EventCodec.decode(new byte[EventCodec.VALUE_BYTES_MAX + 1]))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.reason()).isEqualTo("TOO_LARGE"));
        assertThat(EventCodec.decode("[".repeat(1_000).getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Unreadable.class, it -> assertThat(it.reason()).isEqualTo("TOO_LARGE"));
    }

    @Test
    void no_damage_to_a_record_makes_it_throw() {
        // Given
        var seed = 11L;
        var random = new Random(seed);
        var unreadable = 0;
        for (int i = 0; i < 20_000; i++) {
            var bytes = EventCodec.encode(event(random));
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            // When
            var reading = EventCodec.decode(bytes);
            // Then
            unreadable += reading instanceof Unreadable ? 1 : 0;
        }
        assertThat(unreadable).as("seed %d", seed).isBetween(1_000, 19_999);
    }

    private static BucketEvent event(Random random) {
        var occurrence = occurrence(text(random));
        return switch (random.nextInt(4)) {
            case 0 ->
                new ObjectCreated(
                        occurrence,
                        random.nextBoolean() ? random.nextLong(Long.MAX_VALUE) : null,
                        random.nextBoolean() ? text(random) : null);
            case 1 -> new DeleteMarkerCreated(full(occurrence, random));
            case 2 -> new MetadataChanged(occurrence, any(Aspect.values(), random));
            default -> new VersionRemoved(full(occurrence, random));
        };
    }

    private static Occurrence occurrence(String key) {
        return new Occurrence(
                new ObjectKey(new Bucket("s", "b"), key),
                null,
                Instant.parse("2026-01-01T00:00:00.000000001Z"),
                null,
                null,
                "n",
                Cause.JOB);
    }

    private static Occurrence full(Occurrence bare, Random random) {
        return new Occurrence(
                bare.object(),
                new VersionId(text(random)),
                Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000_000)),
                new Sequencer(Long.toHexString(random.nextLong())),
                text(random),
                text(random),
                any(Cause.values(), random),
                random.nextBoolean() ? new Look(text(random), any(Look.Purpose.values(), random)) : null);
    }

    private static <E> E any(E[] all, Random random) {
        return List.of(all).get(random.nextInt(all.length));
    }

    private static String text(Random random) {
        List<Character> units = new ArrayList<>();
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            units.add((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
        }
        var text = new StringBuilder();
        units.forEach(text::append);
        return text.toString();
    }
}
