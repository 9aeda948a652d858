package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.ingest.handoff.Completion;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.ingest.handoff.SourceRecord;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler that answers each record with one record to topic {@code out}, later, in any order. */
final class Copying implements RecordHandler {
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Random random;
    private final int delayMillisMax;
    final AtomicInteger handled = new AtomicInteger();

    Copying(long seed, int delayMillisMax) {
        this.random = new Random(seed);
        this.delayMillisMax = delayMillisMax;
    }

    @Override
    public void handle(SourceRecord record, Completion completion) {
        handled.incrementAndGet();
        int delay = delayMillisMax == 0 ? 0 : random.nextInt(delayMillisMax);
        threads.execute(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(delay);
            } catch (InterruptedException e) {
                completion.failed(e);
                return;
            }
            completion.done(List.of(answer(record)));
        });
    }

    /** Same key and value. */
    static OutgoingRecord answer(SourceRecord record) {
        return new OutgoingRecord("out", null, record.key(), record.value(), List.of());
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
