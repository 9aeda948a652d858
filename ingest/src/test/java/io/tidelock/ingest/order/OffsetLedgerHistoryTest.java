package io.tidelock.ingest.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.ingest.order.OffsetLedger.Commit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Long random lives of a partition: work ends in any order, commits fail, owners die and move. */
final class OffsetLedgerHistoryTest {
    @Test
    void every_record_is_recorded_exactly_once_whatever_happens() {
        for (long seed = 0; seed < 300; seed++) {
            new History(seed).live();
        }
    }

    private static final class History {
        private final long seed;
        private final Random random;
        private final List<Long> topic = new ArrayList<>();
        private final Set<Long> recorded = new HashSet<>();
        private long committed;
        private @Nullable String metadata;

        private OffsetLedger ledger = new OffsetLedger(0, null);
        private final List<Long> running = new ArrayList<>();
        private int next;

        History(long seed) {
            this.seed = seed;
            random = new Random(seed);
            long offset = 0;
            for (int i = 0; i < 600; i++) {
                offset += random.nextInt(10) == 0 ? 1 + random.nextInt(50) : 1;
                topic.add(offset);
            }
        }

        void live() {
            for (int step = 0; step < 20_000 && recorded.size() < topic.size(); step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2 -> read();
                    case 3, 4, 5, 6 -> end();
                    case 7, 8 -> commit();
                    default -> {
                        if (random.nextInt(20) == 0) {
                            restart();
                        }
                    }
                }
            }
            assertThat(recorded).as("seed %d", seed).hasSize(topic.size());
            assertThat(committed).as("seed %d", seed).isLessThanOrEqualTo(topic.getLast() + 1);
        }

        private void read() {
            for (int i = random.nextInt(30); i > 0 && next < topic.size() && running.size() < 100; i--) {
                long offset = topic.get(next++);
                if (ledger.take(offset)) {
                    assertThat(recorded.contains(offset))
                            .as("seed %d: handled again", seed)
                            .isFalse();
                    running.add(offset);
                } else {
                    assertThat(recorded.contains(offset))
                            .as("seed %d: never handled", seed)
                            .isTrue();
                }
            }
        }

        private void end() {
            if (!running.isEmpty()) {
                ledger.done(running.remove(random.nextInt(running.size())));
            }
        }

        private void commit() {
            Commit commit = ledger.commit(1 + random.nextInt(40));
            if (commit == null || random.nextInt(5) == 0) {
                return; // nothing to do, or the transaction failed
            }
            for (long offset : commit.recording()) {
                assertThat(recorded.add(offset))
                        .as("seed %d: recorded twice", seed)
                        .isTrue();
            }
            assertThat(topic.stream().filter(offset -> offset < commit.offset() && !recorded.contains(offset)))
                    .as("seed %d: passed unrecorded", seed)
                    .isEmpty();
            committed = commit.offset();
            metadata = commit.metadata();
            if (random.nextInt(20) == 0) {
                restart(); // the owner died before it learned that its commit had succeeded
            } else {
                ledger.committed(commit);
            }
        }

        private void restart() {
            ledger = new OffsetLedger(committed, metadata);
            running.clear();
            next = 0;
            while (next < topic.size() && topic.get(next) < committed) {
                next++;
            }
        }
    }
}
