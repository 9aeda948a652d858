package io.tidelock.scenarios.ceph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts what a gateway pushes to an HTTP endpoint into a Kafka topic, byte for byte and without a record key, as the gateway's own Kafka
 * endpoint would; Debian builds its gateway without that. Answers only when Kafka has it.
 */
final class NotificationRelay implements AutoCloseable {
    private static final long WRITE_LIMIT_SECONDS = 30;

    private final HttpServer server;
    private final ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor();
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AtomicLong relayed = new AtomicLong();

    NotificationRelay(String bootstrapServers, String topic) throws IOException {
        this.topic = topic;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(lanes);
        server.createContext("/", this::relay);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many pushes Kafka has. */
    long relayed() {
        return relayed.get();
    }

    private void relay(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(written(body) ? 200 : 503, -1);
        }
    }

    private boolean written(byte[] body) {
        try {
            producer.send(new ProducerRecord<>(topic, body)).get(WRITE_LIMIT_SECONDS, TimeUnit.SECONDS);
            relayed.incrementAndGet();
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        server.stop(0);
        lanes.close();
        producer.close();
    }
}
