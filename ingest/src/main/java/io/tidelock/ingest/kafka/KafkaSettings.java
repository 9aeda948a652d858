package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.SaslConfigs;

/**
 * How this process reaches Kafka.
 *
 * @param bootstrapServers {@code kafka.bootstrapServers}: host:port, several separated by commas
 * @param properties {@code kafka.properties}: passed to every client as they are (security, timeouts); may hold secrets
 * @param instance {@code instance}: the name of this process, unique among all that run at the same time; a process that
 *     comes back under its old name takes up its partitions at once and ends its own unfinished transactions
 * @param startDeadline {@code kafka.startDeadline}: how long a process that starts waits for a broker to answer, 1 s to 1 d
 */
public record KafkaSettings(
        String bootstrapServers, Map<String, String> properties, String instance, Duration startDeadline) {
    private static final Duration START_DEADLINE = Duration.ofMinutes(10);
    private static final Duration START_DEADLINE_MIN = Duration.ofSeconds(1);
    private static final Duration START_DEADLINE_MAX = Duration.ofDays(1);
    private static final Pattern USERNAME = Pattern.compile("\\busername=\"?([^\"\\s;]+)");

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrapServers must name a broker as host:port, was empty");
        }
        if (!instance.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException(
                    "instance must be 1 to 128 letters, digits, dots, underscores or hyphens, was \"" + instance
                            + "\"");
        }
        if (startDeadline.compareTo(START_DEADLINE_MIN) < 0 || startDeadline.compareTo(START_DEADLINE_MAX) > 0) {
            throw new IllegalArgumentException("kafka.startDeadline must be 1s to 1d, was " + startDeadline);
        }
        properties = Map.copyOf(properties);
    }

    /** The same with the usual deadline of the start. */
    public KafkaSettings(String bootstrapServers, Map<String, String> properties, String instance) {
        this(bootstrapServers, properties, instance, START_DEADLINE);
    }

    /** As whom Kafka's ACLs know this process; empty where the properties do not tell, as with a certificate. */
    Optional<String> principal() {
        var login = USERNAME.matcher(properties.getOrDefault(SaslConfigs.SASL_JAAS_CONFIG, ""));
        return login.find() ? Optional.of("User:" + login.group(1)) : Optional.empty();
    }

    /** Names the properties, never their values. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", properties="
                + new TreeSet<>(properties.keySet()) + ", instance=" + instance + ", startDeadline=" + startDeadline
                + "]";
    }
}
