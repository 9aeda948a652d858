package io.tidelock.ingest.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.domain.BucketEvent;
import io.tidelock.ingest.decode.Decoded.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Notifications for tests: the samples in {@code events/}, and small ones made to measure. */
final class Notifications {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Notifications() {}

    /** The bytes of a sample. */
    static byte[] sample(String name) {
        try (var in = Notifications.class.getResourceAsStream("/events/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no sample events/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All samples by name. */
    static Map<String, byte[]> samples() {
        var samples = new TreeMap<String, byte[]>();
        try (var files =
                Files.list(Path.of(Notifications.class.getResource("/events").toURI()))) {
            files.forEach(file -> samples.put(
                    file.getFileName().toString(), sample(file.getFileName().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return samples;
    }

    /** The format that a sample's name says. */
    static SourceFormat formatOf(String sample) {
        return switch (sample.substring(0, sample.indexOf('-'))) {
            case "aws" -> SourceFormat.S3;
            case "ceph" -> SourceFormat.CEPH;
            case "minio" -> SourceFormat.MINIO;
            case "eventbridge" -> SourceFormat.EVENTBRIDGE;
            default -> throw new IllegalArgumentException(sample);
        };
    }

    static Decoded decode(SourceFormat format, byte[] value) {
        return EventDecoder.of(format, "paris").decode(value);
    }

    static Decoded decode(SourceFormat format, String value) {
        return decode(format, value.getBytes(UTF_8));
    }

    /** The one event of a sample. */
    static BucketEvent only(String sample) {
        return only(decode(formatOf(sample), sample(sample)));
    }

    /** The one event that was decoded. */
    static BucketEvent only(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Events.class);
        var events = (Events) decoded;
        assertThat(events.flawed()).isEmpty();
        assertThat(events.ignored()).isEmpty();
        assertThat(events.events()).hasSize(1);
        return events.events().getFirst();
    }

    /** A notification of one S3 record. */
    static String s3(String name, Map<String, Object> object) {
        return json(Map.of("Records", List.of(record(name, object))));
    }

    /** One S3 record, to be changed at will. */
    static Map<String, Object> record(String name, Map<String, Object> object) {
        var record = new TreeMap<String, Object>();
        record.put("eventVersion", "2.1");
        record.put("eventTime", "2026-11-23T12:20:40.345Z");
        record.put("eventName", name);
        record.put("s3", Map.of("bucket", Map.of("name", "photos"), "object", object));
        return record;
    }

    /** An EventBridge event. */
    static String eventBridge(String type, Map<String, Object> detail) {
        return json(Map.of("detail-type", type, "source", "aws.s3", "time", "2026-11-12T00:00:00Z", "detail", detail));
    }

    static String json(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
