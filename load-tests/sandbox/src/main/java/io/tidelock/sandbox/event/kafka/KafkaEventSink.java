package io.tidelock.sandbox.event.kafka;

import io.tidelock.sandbox.event.EventSink;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications to Kafka without a record key, as bridges from AWS commonly do, and waits as long as it takes for a broker that is
 * away.
 */
public final class KafkaEventSink implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventSink.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final KafkaProducer<byte[], byte[]> producer;

    public KafkaEventSink(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "enable.idempotence",
                        "true",
                        // a broker that does not lead a new topic yet may refuse a first batch and take a second one,
                        // and the first is out of order for ever then
                        "max.in.flight.requests.per.connection",
                        "1",
                        "linger.ms",
                        "0",
                        "delivery.timeout.ms",
                        Integer.toString(Integer.MAX_VALUE),
                        "max.block.ms",
                        Long.toString(Long.MAX_VALUE)),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void send(String topic, byte[] message) {
        var _ = producer.send(new ProducerRecord<>(topic, message), (_, failure) -> {
            if (failure != null) {
                LOG.atError().addKeyValue("topic", topic).setCause(failure).log("notification lost");
            }
        });
    }

    @Override
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(CLOSE_WAIT);
    }
}
