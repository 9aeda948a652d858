package io.tidelock.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.ingest.handoff.RecordHandler;
import io.tidelock.sandbox.kafka.SandboxKafka;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker for one test, and what tests do with it. */
final class Broker implements AutoCloseable {
    final SandboxKafka kafka;
    private final List<PollLoop> loops = new ArrayList<>();

    Broker() {
        this(0);
    }

    /** @param relays how many ways to it can be cut */
    Broker(int relays) {
        kafka = new SandboxKafka(relays).start();
    }

    /** Topics {@code in} and {@code out}. */
    Broker topics(int partitions) {
        kafka.createTopic("in", partitions);
        kafka.createTopic("out", 3);
        return this;
    }

    KafkaSettings settings(String instance) {
        return new KafkaSettings(kafka.bootstrapServers(), Map.of(), instance);
    }

    static LoopSettings copying(LoopSettings.Limits limits) {
        return new LoopSettings("copy", "copiers", new Subscription.Topics(Set.of("in")), limits);
    }

    static LoopSettings.Limits limits(int recordsInFlightMax, Duration drainDeadline) {
        return new LoopSettings.Limits(recordsInFlightMax, 64 << 20, 200, Duration.ofMillis(20), drainDeadline);
    }

    PollLoop start(String instance, RecordHandler handler) {
        return start(instance, copying(limits(1_000, Duration.ofSeconds(10))), handler);
    }

    PollLoop start(String instance, LoopSettings settings, RecordHandler handler) {
        return start(settings(instance), settings, handler);
    }

    PollLoop start(KafkaSettings kafkaSettings, LoopSettings settings, RecordHandler handler) {
        var loop = new PollLoop(kafkaSettings, settings, handler, InstantSource.system());
        loops.add(loop);
        loop.start();
        return loop;
    }

    /** Writes records {@code from} to {@code to}, each number as key and value. */
    void write(String topic, int from, int to) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (int i = from; i < to; i++) {
            var number = Integer.toString(i).getBytes(UTF_8);
            records.add(new ProducerRecord<>(topic, number, number));
        }
        write(records);
    }

    void write(List<ProducerRecord<byte[], byte[]>> records) {
        // One request at a time: a broker that does not lead a new topic yet may refuse a first batch and take a
        // second.
        var properties = Map.<String, Object>of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "linger.ms",
                5,
                "max.in.flight.requests.per.connection",
                1);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = records.stream().map(producer::send).toList();
            for (var one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The values of topic {@code out}, as numbers. */
    List<Integer> out() {
        return kafka.records("out").stream()
                .map(record -> Integer.valueOf(Copying.text(record.value())))
                .toList();
    }

    Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        try (var admin = kafka.admin()) {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        loops.forEach(loop -> loop.stop(Duration.ZERO));
        kafka.close();
    }
}
