package io.tidelock.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.replicator.budget.Budgets;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.plan.TwoSides;
import io.tidelock.replicator.rule.RuleBook;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class OrphansFailureTest {
    @Test
    void a_failure_to_abort_orphans_is_logged() {
        // Given
        var seen = new ListAppender<ILoggingEvent>();
        seen.start();
        var log = (Logger) LoggerFactory.getLogger(ReplicatorVerticle.class);
        log.addAppender(seen);
        var broken = new AtomicBoolean();
        var verticle = new ReplicatorVerticle(
                ReplicatorConfig.DEFAULT,
                new KafkaSettings("127.0.0.1:1", Map.of(), "one"),
                () -> new RuleBook(List.of()),
                TwoSides.KEYS,
                new Endpoints(List.of()),
                Budgets.NONE,
                new InFlightLedger(),
                () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("no time");
                    }
                    return Instant.EPOCH;
                },
                new Random(1));
        var vertx = Vertx.vertx();
        verticle.init(vertx, vertx.getOrCreateContext());

        // When
        broken.set(true);
        var failure = verticle.abortOrphans()
                .map("none")
                .otherwise(e -> String.valueOf(e.getMessage()))
                .await();

        // Then
        assertThat(failure).isEqualTo("no time");
        assertThat(seen.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("Orphaned uploads were not aborted; it is tried again");
        log.detachAppender(seen);
        vertx.close().await();
    }
}
