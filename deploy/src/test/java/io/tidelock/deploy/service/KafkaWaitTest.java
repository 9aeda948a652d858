package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.TopicProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaWaitTest {
    private static final TopicProblem OUTAGE = new TopicProblem("*", "no answer", "look at it", true);
    private static final TopicProblem WRONG = new TopicProblem("t", "has 2 partitions", "set it to 2", false);

    private final Deque<List<TopicProblem>> answers = new ArrayDeque<>();

    private final KafkaWait wait =
            new KafkaWait(new KafkaSettings("k:9092", Map.of(), "one"), answers::removeFirst, _ -> {});

    @Test
    void what_passes_is_asked_again() throws Exception {
        // Given
        answers.addAll(List.of(List.of(OUTAGE), List.of(OUTAGE, OUTAGE), List.of()));

        // When
        var answered = wait.await();

        // Then
        assertThat(answered).isTrue();
        assertThat(answers).isEmpty();
    }

    @Test
    void what_somebody_has_to_correct_is_said_at_once_even_where_something_else_passes() {
        // Given
        answers.addAll(List.of(List.of(OUTAGE, WRONG), List.of()));

        // Then
        assertThatThrownBy(wait::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("*: no answer: look at it; t: has 2 partitions: set it to 2");
        assertThat(answers).hasSize(1);
    }

    @Test
    void an_answer_that_cannot_be_had_at_all_ends_the_wait() {
        assertThatThrownBy(wait::await)
                .hasMessageStartingWith("asking for Tidelock's topics failed: ")
                .hasRootCauseInstanceOf(java.util.NoSuchElementException.class);
    }

    @Test
    void a_wait_that_was_ended_does_not_begin() throws Exception {
        // Given
        answers.add(List.of(OUTAGE));
        wait.end();

        // When
        var answered = wait.await();

        // Then
        assertThat(answered).isFalse();
    }
}
