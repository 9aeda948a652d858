package io.tidelock.ingest.order;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class KeyedLanesTest {
    private record Task(String key, int number) {}

    private static void unexpected(Task task, Throwable bug) {
        throw new AssertionError(task.toString(), bug);
    }

    @Test
    void one_key_runs_in_order_one_at_a_time_and_lanes_are_bounded() throws InterruptedException {
        // Given
        var seed = 3L;
        var random = new Random(seed);
        var order = new ConcurrentHashMap<String, List<Integer>>();
        var busy = new ConcurrentHashMap<String, Boolean>();
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        var faults = Collections.synchronizedList(new ArrayList<String>());
        var ended = new CountDownLatch(20_000);
        var submitted = new HashMap<String, Integer>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var lanes = new KeyedLanes<String, Task>(
                    8,
                    executor,
                    task -> {
                        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                        if (busy.put(task.key(), true) != null) {
                            faults.add(task + " ran beside another of its key");
                        }
                        LockSupport.parkNanos(1);
                        order.computeIfAbsent(task.key(), _ -> new ArrayList<>())
                                .add(task.number());
                        busy.remove(task.key());
                        atOnce.decrementAndGet();
                        ended.countDown();
                    },
                    KeyedLanesTest::unexpected);
            // When
            for (int i = 0; i < 20_000; i++) {
                var key = "key" + random.nextInt(50);
                lanes.submit(key, new Task(key, submitted.merge(key, 1, Integer::sum)));
            }
            // Then
            assertThat(ended.await(60, SECONDS)).isTrue();
            await().untilAsserted(
                            () -> assertThat(lanes.keys() + lanes.running()).isZero());
        }
        assertThat(faults).as("seed %d", seed).isEmpty();
        assertThat(most.get()).isBetween(2, 8);
        submitted.forEach((key, count) -> assertThat(order.get(key)).isSorted().hasSize(count));
    }

    @Test
    void a_blocked_key_holds_up_nobody_else() throws InterruptedException {
        // Given
        var gate = new CountDownLatch(1);
        var others = new CountDownLatch(100);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var lanes = new KeyedLanes<String, Task>(
                    2,
                    executor,
                    task -> {
                        if (task.key().equals("blocked")) {
                            awaitGate(gate);
                        } else {
                            others.countDown();
                        }
                    },
                    KeyedLanesTest::unexpected);
            // When
            for (int i = 0; i < 100; i++) {
                lanes.submit("blocked", new Task("blocked", i));
                lanes.submit("other" + i, new Task("other", i));
            }
            // Then
            assertThat(others.await(60, SECONDS)).isTrue();
            gate.countDown();
        }
    }

    private static void awaitGate(CountDownLatch gate) {
        try {
            assertThat(gate.await(60, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_task_that_throws_is_reported_and_the_next_of_its_key_runs() {
        // Given
        var ran = new ArrayList<Integer>();
        var reported = new HashMap<Task, Throwable>();
        var lanes = new KeyedLanes<String, Task>(
                1,
                Runnable::run,
                task -> {
                    ran.add(task.number());
                    if (task.number() == 1) {
                        throw new IllegalStateException("bug");
                    }
                },
                reported::put);
        // When
        lanes.submit("k", new Task("k", 1));
        lanes.submit("k", new Task("k", 2));
        // Then
        assertThat(ran).containsExactly(1, 2);
        assertThat(reported).containsOnlyKeys(new Task("k", 1));
        assertThat(lanes.keys() + lanes.running()).isZero();
    }

    @Test
    void a_report_that_throws_costs_no_lane() throws InterruptedException {
        // Given
        var seen = new AtomicReference<Throwable>();
        var ran = new AtomicInteger();
        Executor executor = lane -> {
            var thread = new Thread(lane);
            thread.setUncaughtExceptionHandler((_, e) -> seen.set(e));
            thread.start();
        };
        var lanes = new KeyedLanes<String, Task>(
                1,
                executor,
                task -> {
                    if (ran.incrementAndGet() == 1) {
                        throw new IllegalStateException("first");
                    }
                },
                KeyedLanesTest::unexpected);
        // When
        lanes.submit("k", new Task("k", 1));
        lanes.submit("k", new Task("k", 2));
        // Then
        await().untilAsserted(() -> assertThat(ran.get()).isEqualTo(2));
        await().untilAsserted(() -> assertThat(lanes.running()).isZero());
        assertThat(seen.get()).isInstanceOf(AssertionError.class).hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void work_that_has_not_begun_can_be_withdrawn_and_no_memory_stays() {
        // Given
        Queue<Runnable> started = new ArrayDeque<>();
        var ran = new ArrayList<Task>();
        var lanes = new KeyedLanes<String, Task>(1, started::add, ran::add, KeyedLanesTest::unexpected);
        for (int i = 0; i < 3; i++) {
            lanes.submit("a", new Task("a", i));
            lanes.submit("b", new Task("b", i));
        }
        // When
        var withdrawn = lanes.withdraw(task -> task.key().equals("b"));
        lanes.submit("b", new Task("b", 9));
        // Then
        assertThat(withdrawn).containsExactly(new Task("b", 0), new Task("b", 1), new Task("b", 2));
        started.remove().run();
        assertThat(ran)
                .containsExactlyInAnyOrder(new Task("a", 0), new Task("a", 1), new Task("a", 2), new Task("b", 9));
        assertThat(started).isEmpty();
        assertThat(lanes.keys() + lanes.running()).isZero();
    }

    @Test
    void what_can_no_longer_be_withdrawn_has_begun_until_it_ends() {
        // Given
        Queue<Runnable> started = new ArrayDeque<>();
        var first = new Task("a", 1);
        var second = new Task("a", 2);
        var seen = new HashMap<Task, List<Task>>();
        var lanes = new AtomicReference<KeyedLanes<String, Task>>();
        lanes.set(new KeyedLanes<>(
                1, started::add, task -> seen.put(task, lanes.get().begun(_ -> true)), KeyedLanesTest::unexpected));
        // When
        lanes.get().submit("a", first);
        lanes.get().submit("a", second);
        // Then
        assertThat(lanes.get().begun(_ -> true)).isEmpty();
        started.remove().run();
        assertThat(seen).isEqualTo(Map.of(first, List.of(first), second, List.of(second)));
        assertThat(lanes.get().begun(_ -> true)).isEmpty();
    }

    @Test
    void the_waiting_tasks_of_one_key_can_be_withdrawn_alone() {
        // Given
        var kept = new ArrayDeque<Runnable>();
        var ran = new ArrayList<Task>();
        var lanes = new KeyedLanes<String, Task>(1, kept::add, ran::add, KeyedLanesTest::unexpected);
        for (int i = 0; i < 4; i++) {
            lanes.submit("a", new Task("a", i));
            lanes.submit("b", new Task("b", i));
        }
        assertThat(lanes.tasks()).isEqualTo(8);
        assertThat(lanes.keys()).isEqualTo(2);
        assertThat(lanes.running()).isEqualTo(1);

        // When
        var withdrawn = lanes.withdraw("a", task -> task.number() % 2 == 1);
        var unknown = lanes.withdraw("c", _ -> true);

        // Then
        assertThat(withdrawn).containsExactly(new Task("a", 1), new Task("a", 3));
        assertThat(unknown).isEmpty();
        assertThat(lanes.tasks()).isEqualTo(6);
        kept.remove().run();
        assertThat(ran).hasSize(6).doesNotContainAnyElementsOf(withdrawn);
        assertThat(lanes.tasks() + lanes.keys() + lanes.running()).isZero();
    }

    @Test
    void a_key_whose_tasks_are_all_withdrawn_is_forgotten() {
        // Given
        Queue<Runnable> started = new ArrayDeque<>();
        var lanes = new KeyedLanes<String, Task>(4, started::add, _ -> {}, KeyedLanesTest::unexpected);
        Map.of("a", 1, "b", 2).forEach((key, number) -> lanes.submit(key, new Task(key, number)));
        // When
        assertThat(lanes.withdraw(_ -> true)).hasSize(2);
        started.forEach(Runnable::run);
        // Then
        assertThat(lanes.keys() + lanes.running()).isZero();
    }

    @Test
    void an_executor_that_refuses_is_told_to_the_submitter() {
        // Given
        var lanes = new KeyedLanes<String, Task>(
                1,
                _ -> {
                    throw new RejectedExecutionException("full");
                },
                _ -> {},
                KeyedLanesTest::unexpected);
        // Then
        assertThatThrownBy(() -> lanes.submit("a", new Task("a", 1))).hasMessage("full");
        assertThat(lanes.running()).isZero();
    }
}
