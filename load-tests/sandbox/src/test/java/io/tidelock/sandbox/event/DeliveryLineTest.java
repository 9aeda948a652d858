package io.tidelock.sandbox.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryLineTest {
    private static final Instant START = Instant.EPOCH;
    private static final int MESSAGES = 2_000;

    @Test
    void a_faithful_line_sends_each_message_once_in_order() {
        // When
        var sent = deliver(new DeliveryLine<>(Delivery.faithful()));

        // Then
        assertThat(sent).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
    }

    @Test
    void an_unruly_line_repeats_and_reorders_but_loses_nothing_and_counts_exactly() {
        for (long seed = 1; seed <= 20; seed++) {
            // Given
            var line = new DeliveryLine<Integer>(Delivery.unruly(seed));

            // When
            var sent = deliver(line);

            // Then
            var counts = line.counts();
            assertThat(new HashSet<>(sent)).as("seed %d", seed).hasSize(MESSAGES);
            assertThat(sent)
                    .as("seed %d", seed)
                    .isNotEqualTo(sent.stream().sorted().toList());
            assertThat(counts.changes()).isEqualTo(MESSAGES);
            assertThat(counts.sent()).isEqualTo(sent.size()).isEqualTo(MESSAGES + counts.duplicated());
            assertThat(counts.duplicated()).as("seed %d", seed).isBetween(300L, 500L);
            assertThat(counts.delayed()).as("seed %d", seed).isBetween(150L, 350L);
            assertThat(counts.reordered()).as("seed %d", seed).isBetween(300L, 600L);
            assertThat(counts.held()).isZero();
        }
    }

    @Test
    void a_dropping_line_counts_what_it_drops() {
        // Given
        var line = new DeliveryLine<Integer>(Delivery.faithful().dropping(0.1));

        // When
        var sent = deliver(line);

        // Then
        assertThat(line.counts().dropped()).isBetween(100L, 300L);
        assertThat(sent).hasSize((int) (MESSAGES - line.counts().dropped()));
    }

    @Test
    void the_same_seed_gives_the_same_fate() {
        // When
        var once = deliver(new DeliveryLine<>(Delivery.unruly(7)));
        var again = deliver(new DeliveryLine<>(Delivery.unruly(7)));

        // Then
        assertThat(once).isEqualTo(again);
    }

    @Test
    void a_delayed_message_comes_when_its_time_has_come_and_not_before() {
        // Given
        var line = new DeliveryLine<String>(new Delivery(0, 1, Duration.ofSeconds(2), 0, 1, 0, 10, 3));

        // When
        var atOnce = line.offer("late", START);
        var due = line.nextDue().orElseThrow();
        var before = line.due(due.minusNanos(1));
        var then = line.due(due);

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(before).isEmpty();
        assertThat(then).containsExactly("late");
        assertThat(due).isBetween(START, START.plusSeconds(2));
    }

    @Test
    void a_reordered_message_lets_at_most_the_given_number_pass() {
        // Given
        var line = new DeliveryLine<Integer>(new Delivery(0, 0, Duration.ofSeconds(2), 0.5, 3, 0, 10, 3));

        // When
        var sent = deliver(line);

        // Then
        for (int place = 0; place < sent.size(); place++) {
            assertThat(place - sent.get(place)).isBetween(-3, 3);
        }
        assertThat(line.counts().reordered()).isPositive();
    }

    @Test
    void no_more_than_the_bound_is_held_and_the_rest_passes() {
        // Given
        var line = new DeliveryLine<Integer>(new Delivery(0, 1, Duration.ofSeconds(2), 0, 1, 0, 5, 3));

        // When
        var passed = new ArrayList<Integer>();
        for (int message = 0; message < 8; message++) {
            passed.addAll(line.offer(message, START));
        }

        // Then
        assertThat(passed).containsExactly(5, 6, 7);
        assertThat(line.rest()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void what_cannot_be_is_refused_by_name() {
        assertThatThrownBy(() -> Delivery.faithful().dropping(1.5))
                .hasMessage("delivery.dropped must be between 0 and 1, was 1.5");
        assertThatThrownBy(() -> new Delivery(0, 0, Duration.ZERO, 0, 1, 0, 1, 1))
                .hasMessage("delivery.delayMax must be above zero, was PT0S");
        assertThatThrownBy(() -> new Delivery(0, 0, Duration.ofSeconds(1), 0, 0, 0, 1, 1))
                .hasMessage("delivery.overtakenMax must be at least 1, was 0");
    }

    private static List<Integer> deliver(DeliveryLine<Integer> line) {
        var sent = new ArrayList<Integer>();
        for (int message = 0; message < MESSAGES; message++) {
            sent.addAll(line.offer(message, START.plusMillis(message)));
        }
        sent.addAll(line.rest());
        return sent;
    }
}
