package io.tidelock.deploy.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.StreamPosition;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogSetupTest {
    private static final Instant TIME = Instant.parse("2026-11-01T12:00:00Z");

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
    private final ch.qos.logback.classic.Logger outcomes =
            (ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("io.tidelock.outcomes");

    @BeforeEach
    void listen() {
        seen.start();
        outcomes.addAppender(seen);
    }

    @AfterEach
    void leave() {
        outcomes.detachAppender(seen);
        outcomes.setLevel(null);
    }

    @Test
    void a_failure_is_one_warning_with_everything_that_a_person_needs() throws IOException {
        // When
        new OutcomeLog().ended(new Outcome.Failed(operation("a b"), TIME, 3, FailureReason.DstBucketNotFound, "404"));

        // Then
        assertThat(seen.list).hasSize(1);
        var line = json(seen.list.getFirst());
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("message").asText()).isEqualTo("Replication failed");
        assertThat(line.path("bucket").asText()).isEqualTo("photos");
        assertThat(line.path("key").asText()).isEqualTo("a b");
        assertThat(line.path("versionId").asText()).isEqualTo("v1");
        assertThat(line.path("ruleId").asText()).isEqualTo("all");
        assertThat(line.path("reason").asText()).isEqualTo("DstBucketNotFound");
        assertThat(line.path("remedy").asText()).isEqualTo(FailureReason.DstBucketNotFound.remedy());
        assertThat(line.path("time").asText()).endsWith("Z");
        assertThat(line.has("error")).isFalse();
    }

    @Test
    void what_needs_no_person_is_not_logged_by_default() {
        // Given
        outcomes.setLevel(Level.INFO);

        // When
        new OutcomeLog().ended(new Outcome.Skipped(operation("k"), TIME, 0, SkipReason.NO_RULE));
        new OutcomeLog().retried(operation("k"), FailureReason.DstBucketNotFound);

        // Then
        assertThat(seen.list).isEmpty();
    }

    @Test
    void a_key_with_line_breaks_and_escapes_stays_one_line() throws IOException {
        // When
        new OutcomeLog()
                .ended(new Outcome.Failed(
                        operation("x\n{\"level\":\"INFO\"}\u001b[2J"), TIME, 1, FailureReason.STORE_CANNOT, null));

        // Then
        var event = seen.list.getFirst();
        assertThat(encode(LogConfig.Format.JSON, event).strip()).doesNotContain("\n", "\u001b");
        assertThat(json(event).path("key").asText()).isEqualTo("x\n{\"level\":\"INFO\"}\u001b[2J");
        assertThat(encode(LogConfig.Format.TEXT, event).strip())
                .doesNotContain("\n", "\u001b")
                .contains("Replication failed", "key=\"x?{");
    }

    @Test
    void an_object_shows_what_its_toString_says_and_not_its_fields() throws IOException {
        // When
        outcomes.atWarn()
                .addKeyValue("user", new Guarded("ada", "s3cr3t"))
                .addKeyValue("count", 3)
                .log("Seen");

        // Then
        var line = json(seen.list.getFirst());
        assertThat(line.path("user").asText()).isEqualTo("Guarded[ada]");
        assertThat(line.path("count").isInt()).isTrue();
        assertThat(line.toString()).doesNotContain("s3cr3t");
    }

    private record Guarded(String user, String password) {
        @Override
        public String toString() {
            return "Guarded[" + user + "]";
        }
    }

    private JsonNode json(ILoggingEvent event) throws IOException {
        return new ObjectMapper().readTree(encode(LogConfig.Format.JSON, event));
    }

    private String encode(LogConfig.Format format, ILoggingEvent event) {
        return new String(LogSetup.encoder(format, context).encode(event), StandardCharsets.UTF_8);
    }

    private static Operation operation(String key) {
        var object = new ObjectKey(new Bucket("paris", "photos"), key);
        var occurrence =
                new Occurrence(object, new VersionId("v1"), TIME, null, null, "ObjectCreated:Put", Cause.REQUEST);
        return new Operation(
                new OperationId(new StreamPosition("tidelock.events", 0, 7), "all"),
                new BucketEvent.ObjectCreated(occurrence, 1L, null),
                object,
                TIME);
    }
}
