package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.OutgoingRecord;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** How the work of one record ended, on its way to the loop's thread. */
sealed interface Ended {
    OwnedPartition partition();

    long offset();

    /** With results. */
    record Done(OwnedPartition partition, long offset, List<OutgoingRecord> results) implements Ended {
        public Done {
            results = List.copyOf(results);
        }
    }

    /** It had not begun. */
    record Abandoned(OwnedPartition partition, long offset) implements Ended {}

    /** By a bug. */
    record Failed(OwnedPartition partition, long offset, Throwable bug) implements Ended {}

    /** The completion of one record; puts how it ended into a queue, once. */
    final class Ticket implements Completion {
        private final OwnedPartition partition;
        private final long offset;
        private final BlockingQueue<Ended> queue;
        private final AtomicBoolean used = new AtomicBoolean();

        Ticket(OwnedPartition partition, long offset, BlockingQueue<Ended> queue) {
            this.partition = partition;
            this.offset = offset;
            this.queue = queue;
        }

        @Override
        public void done(List<OutgoingRecord> results) {
            use(new Done(partition, offset, results));
        }

        @Override
        public void abandoned() {
            use(new Abandoned(partition, offset));
        }

        @Override
        public void failed(Throwable bug) {
            use(new Failed(partition, offset, bug));
        }

        private void use(Ended ended) {
            if (!used.compareAndSet(false, true)) {
                throw new IllegalStateException(partition.at() + "@" + offset + " was completed before");
            }
            queue.add(ended);
        }
    }
}
