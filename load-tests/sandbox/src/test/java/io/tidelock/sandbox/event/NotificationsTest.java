package io.tidelock.sandbox.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.event.kafka.KafkaEventSink;
import io.tidelock.sandbox.kafka.SandboxKafka;
import io.tidelock.sandbox.model.EventName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private static final Duration GENEROUS = Duration.ofSeconds(60);
    private static final SandboxKafka KAFKA = new SandboxKafka();

    @BeforeAll
    static void start() {
        KAFKA.start();
    }

    @AfterAll
    static void stop() {
        KAFKA.close();
    }

    @Test
    void each_configuration_hears_of_its_own_bucket_or_region() throws Exception {
        // Given
        KAFKA.createTopic("one-bucket", 1);
        KAFKA.createTopic("one-region", 1);
        try (var notifications = notifications()) {
            notifications.add(NotificationConfiguration.ofBucket("photos", "one-bucket"));
            notifications.add(NotificationConfiguration.ofRegion("eu-west-3", "one-region"));

            // When
            notifications.changed(Changes.put("photos", "a"));
            notifications.changed(Changes.put("videos", "b"));
            var delivered = notifications.awaitDelivered(GENEROUS);

            // Then
            assertThat(delivered).isTrue();
            assertThat(messages("one-bucket")).singleElement().asString().contains("\"key\":\"a\"");
            assertThat(messages("one-region")).hasSize(2);
            assertThat(notifications.counts("photos")).isEqualTo(new NotificationCounts(1, 1, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void changes_of_a_lock_are_told_only_to_those_who_want_them() throws Exception {
        // Given
        KAFKA.createTopic("as-s3", 1);
        KAFKA.createTopic("as-minio", 1);
        try (var notifications = notifications()) {
            notifications.add(NotificationConfiguration.ofBucket("photos", "as-s3"));
            notifications.add(
                    NotificationConfiguration.ofRegion("eu-west-3", "as-minio").tellingLocks());

            // When
            notifications.changed(Changes.bare(EventName.RETENTION_PUT, false));
            notifications.changed(Changes.bare(EventName.LEGAL_HOLD_PUT, false));
            notifications.changed(Changes.bare(EventName.OBJECT_ACL_PUT, false));
            var delivered = notifications.awaitDelivered(GENEROUS);

            // Then
            assertThat(delivered).isTrue();
            assertThat(messages("as-s3")).singleElement().asString().contains("ObjectAcl:Put");
            assertThat(messages("as-minio"))
                    .hasSize(3)
                    .anySatisfy(message -> assertThat(message).contains("ObjectCreated:PutRetention"))
                    .anySatisfy(message -> assertThat(message).contains("ObjectCreated:PutLegalHold"));
        }
    }

    @Test
    void held_messages_are_told_in_their_time_and_counted() throws Exception {
        // Given
        KAFKA.createTopic("unruly", 1);
        try (var notifications = notifications()) {
            notifications.add(
                    NotificationConfiguration.ofBucket("photos", "unruly").delivered(Delivery.unruly(11)));

            // When
            for (int i = 0; i < 500; i++) {
                notifications.changed(Changes.put("photos", "key-" + i));
            }
            var delivered = notifications.awaitDelivered(GENEROUS);

            // Then
            var counts = notifications.counts("photos");
            assertThat(delivered).isTrue();
            assertThat(counts.held()).isZero();
            assertThat(counts.duplicated()).isPositive();
            assertThat(messages("unruly")).hasSize((int) counts.sent()).hasSize(500 + (int) counts.duplicated());
        }
    }

    @Test
    void what_happens_while_the_broker_is_away_is_told_when_it_is_back() throws Exception {
        try (var kafka = new SandboxKafka().start();
                var notifications =
                        new Notifications(new KafkaEventSink(kafka.bootstrapServers()), InstantSource.system())) {
            // Given
            kafka.createTopic("events", 1);
            notifications.add(NotificationConfiguration.ofBucket("photos", "events"));
            notifications.changed(Changes.put("photos", "before"));
            var before = notifications.awaitDelivered(GENEROUS);
            kafka.stop();

            // When
            notifications.changed(Changes.put("photos", "meanwhile"));
            var whileAway = notifications.awaitDelivered(Duration.ofMillis(200));
            kafka.start();
            var after = notifications.awaitDelivered(GENEROUS);

            // Then
            assertThat(List.of(before, whileAway, after)).containsExactly(true, false, true);
            assertThat(kafka.records("events")).hasSize(2);
        }
    }

    @Test
    void closing_tells_what_is_still_held() {
        // Given
        KAFKA.createTopic("closing", 1);
        var notifications = notifications();
        notifications.add(NotificationConfiguration.ofBucket("photos", "closing")
                .delivered(new Delivery(0, 1, Duration.ofHours(1), 0, 1, 0, 100, 1)));
        notifications.changed(Changes.put("photos", "a"));

        // When
        notifications.close();

        // Then
        assertThat(messages("closing")).hasSize(1);
    }

    private static Notifications notifications() {
        return new Notifications(new KafkaEventSink(KAFKA.bootstrapServers()), InstantSource.system());
    }

    private static List<String> messages(String topic) {
        return KAFKA.records(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }
}
