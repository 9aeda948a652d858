package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private static final long MIB = 1 << 20;
    private static final Duration A_WHILE = Duration.ofMillis(50);
    private static final Bucket SLOW = new Bucket("frankfurt", "slow");
    private static final Bucket QUICK = new Bucket("milan", "quick");

    @Test
    void what_does_not_fit_waits_and_the_largest_passes_alone() throws InterruptedException {
        // Given
        var budget = new ByteBudget(10 * MIB);
        var grant = budget.take(SLOW, 8 * MIB);
        var waiting = taking(budget, SLOW, 1L << 40);
        var passedTooEarly = waiting.join(A_WHILE);

        // When
        grant.close();

        // Then
        assertThat(passedTooEarly).isFalse();
        waiting.join();
    }

    @Test
    void a_destination_that_hangs_keeps_its_own_share_and_no_more() throws InterruptedException {
        // Given
        var budget = new ByteBudget(10 * MIB);
        budget.take(QUICK, MIB).close();
        var hanging = new ArrayList<Thread>();
        for (var i = 0; i < 20; i++) {
            hanging.add(holding(budget, SLOW, MIB));
        }

        // When
        for (var i = 0; i < 100; i++) {
            try (var _ = budget.take(QUICK, 2 * MIB);
                    var _ = budget.take(QUICK, 3 * MIB)) {
                // Then
                assertThat(i).isNotNegative();
            }
        }
        end(hanging);
    }

    @Test
    void a_destination_that_comes_while_another_holds_everything_still_moves_one_body_at_a_time()
            throws InterruptedException {
        // Given
        var budget = new ByteBudget(10 * MIB);
        var all = budget.take(SLOW, 10 * MIB);
        var first = budget.take(QUICK, 4 * MIB);
        var second = taking(budget, QUICK, MIB);
        var passedTooEarly = second.join(A_WHILE);

        // When
        first.close();

        // Then
        assertThat(passedTooEarly).isFalse();
        second.join();
        all.close();
    }

    @Test
    void a_large_body_is_not_overtaken_by_small_ones_for_the_same_destination() throws InterruptedException {
        // Given
        var budget = new ByteBudget(10 * MIB);
        var before = budget.take(SLOW, 6 * MIB);
        var large = holding(budget, SLOW, 8 * MIB);
        awaitWaiting(large);
        var small = taking(budget, SLOW, MIB);
        var overtaken = small.join(A_WHILE);

        // When
        before.close();

        // Then
        assertThat(overtaken).isFalse();
        small.join(); // beside the large one
        end(List.of(large));
    }

    @Test
    void who_gives_up_waiting_does_not_hold_up_those_behind() throws InterruptedException {
        // Given
        var budget = new ByteBudget(10 * MIB);
        var grant = budget.take(SLOW, 6 * MIB);
        var givesUp = taking(budget, SLOW, 8 * MIB);
        awaitWaiting(givesUp);
        var behind = taking(budget, SLOW, MIB);
        awaitWaiting(behind);

        // When
        givesUp.interrupt();

        // Then
        givesUp.join();
        behind.join();
        grant.close();
    }

    @Test
    void random_bodies_keep_to_shares_and_sum_and_all_pass() throws InterruptedException {
        // Given
        var seed = 20_261_123L;
        var destinations = List.of(new Bucket("s", "0"), new Bucket("s", "1"), new Bucket("s", "2"));
        var budget = new ByteBudget(9 * MIB);
        for (var destination : destinations) {
            budget.take(destination, 1).close();
        }
        var random = new Random(seed);
        var moving = new AtomicLongArray(3);
        var most = new AtomicLong();
        var passed = new AtomicLong();

        // When
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 3_000; i++) {
                var to = random.nextInt(3);
                var length = 1 + random.nextLong(3 * MIB);
                var _ = threads.submit(() -> {
                    try (var _ = budget.take(destinations.get(to), length)) {
                        most.accumulateAndGet(moving.addAndGet(to, length), Math::max);
                        LockSupport.parkNanos(10_000);
                        moving.addAndGet(to, -length);
                        passed.incrementAndGet();
                    }
                    return null;
                });
            }
        }

        // Then
        assertThat(passed).as("seed %d", seed).hasValue(3_000);
        assertThat(most).hasValueLessThanOrEqualTo(3 * MIB);
    }

    private static Thread taking(ByteBudget budget, Bucket destination, long lengthBytes) {
        return Thread.ofVirtual().start(() -> {
            try (var grant = budget.take(destination, lengthBytes)) {
                assertThat(grant).isNotNull();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Keeps what it took until it is interrupted. */
    private static Thread holding(ByteBudget budget, Bucket destination, long lengthBytes) {
        return Thread.ofVirtual().start(() -> {
            try (var grant = budget.take(destination, lengthBytes)) {
                assertThat(grant).isNotNull();
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void end(List<Thread> threads) throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (var thread : threads) {
            thread.join();
        }
    }
}
