package io.tidelock.ingest.kafka;

import io.tidelock.ingest.kafka.KafkaGrant.Operation;
import io.tidelock.ingest.kafka.KafkaGrant.Resource;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/** Puts into words what Kafka refuses to this process, and what remedies it. Thread-safe. */
final class Refusals {
    private static final String LOOK_AT_BROKERS =
            "check that the brokers run and can be reached, and that there is room on their disks";

    private final KafkaSettings settings;

    Refusals(KafkaSettings settings) {
        this.settings = settings;
    }

    /** What went wrong while topics were read. */
    String reading(@Nullable Throwable failure) {
        return text(failure, Operation.READ, null);
    }

    /** The same of a reader that has a transactional producer beside it. */
    String reading(@Nullable Throwable failure, String transactionalId) {
        return text(failure, Operation.READ, transactionalId);
    }

    /** What went wrong while topics were written. */
    String writing(@Nullable Throwable failure) {
        return text(failure, Operation.WRITE, null);
    }

    /** The same of a transactional producer. */
    String writing(@Nullable Throwable failure, String transactionalId) {
        return text(failure, Operation.WRITE, transactionalId);
    }

    /** What is missing, and the command that grants it. */
    String missing(KafkaGrant grant) {
        return "Kafka refuses " + grant + " to " + principal() + ": " + remedy(grant);
    }

    String remedy(KafkaGrant grant) {
        return grant.command(settings.bootstrapServers(), settings.principal().orElse("User:NAME"));
    }

    String principal() {
        return settings.principal().orElse("this process");
    }

    /** Nothing is heard of any broker. */
    String silence() {
        return "Kafka at " + settings.bootstrapServers() + " does not answer: " + LOOK_AT_BROKERS;
    }

    private String text(@Nullable Throwable failure, Operation onTopics, @Nullable String transactionalId) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var grants = grants(cause, onTopics, transactionalId);
            if (!grants.isEmpty()) {
                return grants.stream().map(this::missing).collect(Collectors.joining("; "));
            }
            if (cause instanceof AuthenticationException) {
                return "Kafka at " + settings.bootstrapServers() + " does not accept the credentials of " + principal()
                        + ": " + cause.getMessage() + ": correct kafka.properties";
            }
            if (cause instanceof KafkaStorageException) {
                return "a broker of Kafka at " + settings.bootstrapServers() + " cannot use its disk any more ("
                        + cause.getMessage()
                        + "): make room, or mend it, and start that broker again, which does not go"
                        + " back to such a disk before";
            }
            if (cause instanceof TimeoutException && onTopics == Operation.WRITE) { // readers say themselves what to do
                return "Kafka at " + settings.bootstrapServers() + " did not answer in time (" + cause.getMessage()
                        + "): " + LOOK_AT_BROKERS;
            }
            if (isNotUnpacked(cause)) {
                return "the records are compressed in a way whose code has to be unpacked into java.io.tmpdir "
                        + System.getProperty("java.io.tmpdir") + ", and that fails (" + cause
                        + "): let the process write there, or name another directory with -Djava.io.tmpdir in"
                        + " JAVA_OPTS";
            }
        }
        if (failure == null) {
            return "for no known reason";
        }
        var cause = failure.getCause();
        return failure.getClass().getSimpleName() + ": " + failure.getMessage()
                + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")");
    }

    /** Whether this is said of snappy or zstd, which Kafka's client brings along as native code. */
    static boolean isNotUnpacked(Throwable cause) {
        var text = cause.toString();
        return cause instanceof Error && (text.contains("snappy") || text.contains("zstd"));
    }

    private static List<KafkaGrant> grants(Throwable refusal, Operation onTopics, @Nullable String transactionalId) {
        return switch (refusal) {
            case TopicAuthorizationException topics ->
                topics.unauthorizedTopics().stream()
                        .sorted()
                        .map(topic -> KafkaGrant.topic(topic, onTopics))
                        .toList();
            case GroupAuthorizationException group
            when group.groupId() != null -> List.of(new KafkaGrant(Resource.GROUP, group.groupId(), Operation.READ));
            case TransactionalIdAuthorizationException _
            when transactionalId != null ->
                List.of(new KafkaGrant(Resource.TRANSACTIONAL_ID, transactionalId, Operation.WRITE));
            default -> List.of();
        };
    }
}
