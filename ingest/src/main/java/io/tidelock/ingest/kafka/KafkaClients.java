package io.tidelock.ingest.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients: what the settings say, over defaults of ours, under what correctness needs. */
final class KafkaClients {
    /** Records of one poll. */
    static final int POLL_RECORDS_MAX = 500;

    private static final int REQUEST_MS = 10_000;
    private static final int BLOCK_MS = 10_000;
    private static final int SESSION_MS = 15_000;
    private static final int TRANSACTION_MS = 30_000;
    private static final int POLL_INTERVAL_MS = 180_000;
    private static final int REQUEST_BYTES_MAX = 4 << 20;

    private final KafkaSettings settings;

    KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Puts into words what Kafka refuses. */
    Refusals refusals() {
        return new Refusals(settings);
    }

    /** How long reading up to a known end may stand still. */
    Duration patience() {
        return milliseconds(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * REQUEST_MS);
    }

    /** The same where another producer may hold a transaction open: until Kafka has ended one that was left behind. */
    Duration patienceWithTransactions() {
        return patience().plus(milliseconds(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS));
    }

    /** For how long the group keeps the partitions of a member that it does not hear of. */
    Duration sessionTimeout() {
        return milliseconds(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
    }

    private Duration milliseconds(String property, int otherwise) {
        var value = settings.properties().get(property);
        return Duration.ofMillis(value == null ? otherwise : Long.parseLong(value.strip()));
    }

    /** A member of a group; the caller commits, and says where to start. */
    KafkaConsumer<byte[], byte[]> member(LoopSettings loop) {
        var properties = common("consumer-" + loop.role());
        defaultTo(properties, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        defaultTo(properties, ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_INTERVAL_MS);
        defaultTo(properties, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, loop.group());
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, settings.instance());
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
        return new KafkaConsumer<>(reading(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader without a group. */
    KafkaConsumer<byte[], byte[]> reader(String role, int pollRecordsMax) {
        var properties = common("reader-" + role);
        defaultTo(properties, ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, pollRecordsMax);
        return new KafkaConsumer<>(reading(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> reading(Map<String, Object> properties) {
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    /** A transactional producer that has not taken its transactional id yet. */
    KafkaProducer<byte[], byte[]> transactional(LoopSettings loop) {
        return transactional("producer-" + loop.role(), transactionalId(loop));
    }

    String transactionalId(LoopSettings loop) {
        return loop.group() + "-" + loop.role() + "-" + settings.instance();
    }

    /** The same under an id of its own; whoever takes the id next ends what this one left open. */
    KafkaProducer<byte[], byte[]> transactional(String client, String transactionalId) {
        var properties = writing(client);
        defaultTo(properties, ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MS);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A producer whose records stand each for itself. */
    KafkaProducer<byte[], byte[]> producer(String role) {
        return new KafkaProducer<>(writing("producer-" + role), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> writing(String client) {
        var properties = common(client);
        defaultTo(properties, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        defaultTo(properties, ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        defaultTo(properties, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * REQUEST_MS);
        defaultTo(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, REQUEST_BYTES_MAX);
        defaultTo(properties, ProducerConfig.BUFFER_MEMORY_CONFIG, 4 * REQUEST_BYTES_MAX);
        defaultTo(properties, ProducerConfig.LINGER_MS_CONFIG, 0);
        defaultTo(properties, ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        return properties;
    }

    /** An administration client. */
    Admin admin(String role) {
        return Admin.create(common("admin-" + role));
    }

    private Map<String, Object> common(String client) {
        var properties = new HashMap<String, Object>(settings.properties());
        defaultTo(properties, CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        defaultTo(properties, CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * REQUEST_MS);
        defaultTo(properties, CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        defaultTo(properties, CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 30_000);
        defaultTo(properties, CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, "tidelock-" + settings.instance() + "-" + client);
        return properties;
    }

    private static void defaultTo(Map<String, Object> properties, String name, Object value) {
        properties.putIfAbsent(name, value);
    }
}
