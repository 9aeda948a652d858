package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what has ended, and finds out what became of a transaction that nobody heard the end of. Confined to the loop's thread. */
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final Duration QUESTION = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;

    private final Recorder recorder;
    private final InFlight inFlight;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<String> trouble;
    private final Backoff backoff = new Backoff();
    private @Nullable Batch unsure;
    private boolean failing;
    private long failingNanos;

    /** @param trouble told what goes wrong */
    Recording(Recorder recorder, InFlight inFlight, KafkaConsumer<byte[], byte[]> consumer, Consumer<String> trouble) {
        this.recorder = recorder;
        this.inFlight = inFlight;
        this.consumer = consumer;
        this.trouble = trouble;
    }

    /** Whether there is a transaction whose end nobody heard of. */
    boolean isUnsure() {
        return unsure != null;
    }

    /** For how long nothing could be recorded that had to be, in seconds; 0 while all goes well. */
    double failsForSeconds() {
        return failing ? (System.nanoTime() - failingNanos) / NANOS : 0;
    }

    /** Records, but not at once again after it could not. */
    void recordUnlessBackingOff() {
        if (backoff.isOver()) {
            if (record()) {
                failing = false;
                backoff.reset();
            } else {
                failingNanos = failing ? failingNanos : System.nanoTime();
                failing = true;
                backoff.next();
            }
        }
    }

    /** Records what has ended, in as many transactions as that takes; false when Kafka does not let it. */
    boolean record() {
        while (true) {
            try {
                recorder.open();
                resolveUnsure();
            } catch (KafkaException e) {
                trouble.accept("cannot record: " + recorder.words(e));
                return false;
            }
            var batch = inFlight.batch();
            if (batch.isEmpty()) {
                return true;
            }
            switch (recorder.record(batch, consumer.groupMetadata())) {
                case Recorder.Recorded _ -> inFlight.recorded(batch);
                case Recorder.NotRecorded(var why) -> {
                    trouble.accept("cannot record: " + why);
                    return false;
                }
                case Recorder.Refused refused -> {
                    trouble.accept(refused.why());
                    inFlight.refused(refused);
                    LOG.atError().addKeyValue("reason", refused.why()).log("a result is refused; its partition waits");
                }
                case Recorder.Unsure(var why) -> {
                    trouble.accept("do not know yet whether it is recorded: " + why);
                    unsure = batch;
                    return false;
                }
            }
        }
    }

    /** A transaction whose end nobody heard of: its offsets, committed or not, tell. */
    private void resolveUnsure() {
        var batch = unsure;
        if (batch == null) {
            return;
        }
        var offsets = batch.offsets();
        var ours = inFlight.ownedOf(offsets.keySet()).stream()
                .filter(batch.commits()::containsKey)
                .findFirst();
        if (ours.isPresent()) {
            var at = ours.get().at();
            var committed = consumer.committed(Set.of(at), QUESTION).get(at);
            var planned = Objects.requireNonNull(offsets.get(at));
            if (committed != null
                    && committed.offset() == planned.offset()
                    && committed.metadata().equals(planned.metadata())) {
                inFlight.recorded(batch);
            }
        }
        unsure = null;
    }
}
