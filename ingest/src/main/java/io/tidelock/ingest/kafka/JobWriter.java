package io.tidelock.ingest.kafka;

import io.tidelock.ingest.handoff.OutgoingRecord;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes what a job makes, together with how far it has come: all of a batch or nothing. Of two runs of one job the later
 * one goes on, and the earlier one is refused. Not thread-safe.
 */
public final class JobWriter implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final Refusals refusals;
    private final String id;

    /**
     * Takes the job over.
     *
     * @param job its name, the same for every run of it
     * @throws IllegalStateException when Kafka does not answer or refuses
     */
    public JobWriter(KafkaSettings settings, String job) {
        var clients = new KafkaClients(settings);
        refusals = clients.refusals();
        id = "tidelock-job-" + job;
        producer = clients.transactional("producer-job", id);
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw new IllegalStateException("Kafka does not take the job up: " + refusals.writing(e, id), e);
        }
    }

    /**
     * Writes a batch; blocks until all of it is kept.
     *
     * @throws IllegalStateException when it could not be written, or another run has taken the job over
     */
    public void write(List<OutgoingRecord> records) {
        try {
            producer.beginTransaction();
            var sending = new Sending(producer);
            for (var record : records) {
                sending.send(record, (_, _) -> {});
            }
            producer.commitTransaction(); // waits for all records, and throws what kept one from being written
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new IllegalStateException("another run has taken this job over", e);
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "Kafka did not keep a batch: " + refusals.writing(e, id)
                            + "; run the job again, it goes on from there",
                    e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }
}
