package io.tidelock.ingest.decode;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Who writes the events of a source; configured, never guessed, as the same bytes mean different keys (rule 46). SNS and
 * SQS wrapping is recognised around each of them.
 */
public enum SourceFormat {
    /** S3 event notifications and those that imitate them: keys form-encoded. */
    S3,
    /** Amazon EventBridge: keys as they are. */
    EVENTBRIDGE,
    /** MinIO: keys encoded as in a query. */
    MINIO,
    /** Ceph RGW: keys as they are, sequencers little-endian, an empty version id unknown. */
    CEPH;

    /** The format by its name in the configuration: {@code s3}, {@code eventbridge}, {@code minio} or {@code ceph}. */
    public static SourceFormat named(String name) {
        for (var format : values()) {
            if (format.configName().equals(name)) {
                return format;
            }
        }
        var names = Arrays.stream(values()).map(SourceFormat::configName).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("format must be one of " + names + ", was \"" + name + "\"");
    }

    /** The name in the configuration. */
    public String configName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
