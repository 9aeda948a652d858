package io.tidelock.scenarios.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.event.NotificationConfiguration;
import io.tidelock.sandbox.event.Notifications;
import io.tidelock.sandbox.event.kafka.KafkaEventSink;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.scenarios.watch.ReplicationWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox as a process of its own, so that its processor time does not count as anybody else's. Arguments name more buckets for the
 * destination account; standard input says what to do, one line a command, and each is answered by one line of JSON.
 *
 * <p>Changes of the source are not told as they happen: {@code release} tells all that happened since the last time at once, and
 * {@code drain SECONDS} waits until all of them arrived.
 */
final class SandboxMain implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final Notifications notifications;
    private final ReplicationWatch watch;
    private final List<Change> untold = new ArrayList<>();
    private Instant released = Instant.EPOCH;

    private SandboxMain(List<String> moreBuckets) {
        var builder = TwoRegions.silent();
        for (var bucket : moreBuckets) {
            builder.bucket(
                    bucket, TwoRegions.FRANKFURT, TwoRegions.DESTINATION_ACCOUNT, Ownership.BUCKET_OWNER_ENFORCED);
        }
        sandbox = builder.start();
        sandbox.kafka().createTopic(TwoRegions.EVENTS_TOPIC, 1);
        notifications =
                new Notifications(new KafkaEventSink(sandbox.kafka().bootstrapServers()), InstantSource.system());
        notifications.add(NotificationConfiguration.ofBucket(TwoRegions.SOURCE_BUCKET, TwoRegions.EVENTS_TOPIC));
        watch = new ReplicationWatch(TwoRegions.SOURCE_BUCKET, TwoRegions.DESTINATION_BUCKET, InstantSource.system());
        sandbox.world().listen(watch);
        sandbox.world().listen(this::remember);
    }

    public static void main(String[] arguments) throws Exception {
        try (var main = new SandboxMain(List.of(arguments));
                var input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            System.out.println(main.addresses());
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                System.out.println(main.answer(line));
            }
        }
    }

    @Override
    public void close() {
        notifications.close();
        sandbox.close();
    }

    private String answer(String command) throws InterruptedException, IOException {
        if (command.equals("release")) {
            return release().toString();
        }
        if (command.startsWith("drain ")) {
            return drain(Duration.ofSeconds(Long.parseLong(command.substring("drain ".length()))))
                    .toString();
        }
        throw new IOException("unknown command: " + command);
    }

    private ObjectNode addresses() {
        var answer = JSON.createObjectNode()
                .put("kafka", sandbox.kafka().bootstrapServers())
                .put("paris", sandbox.region(TwoRegions.PARIS).endpoint().toString())
                .put(
                        "frankfurt",
                        sandbox.region(TwoRegions.FRANKFURT).endpoint().toString());
        var source = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        var destination = sandbox.keyOf(TwoRegions.DESTINATION_ACCOUNT);
        return answer.put("sourceKeyId", source.id())
                .put("sourceSecret", source.secret())
                .put("destinationKeyId", destination.id())
                .put("destinationSecret", destination.secret());
    }

    private ObjectNode release() {
        List<Change> telling;
        synchronized (untold) {
            telling = List.copyOf(untold);
            untold.clear();
        }
        released = Instant.now();
        telling.forEach(notifications::changed);
        return JSON.createObjectNode().put("released", telling.size());
    }

    private ObjectNode drain(Duration limit) throws InterruptedException {
        var drained = watch.awaitDrained(limit);
        var state = watch.snapshot();
        var lasted = Duration.between(released, Instant.now()).minus(state.sinceChange());
        return JSON.createObjectNode()
                .put("drained", drained)
                .put("pending", state.pending())
                .put("seconds", lasted.toNanos() / 1e9);
    }

    private void remember(Change change) {
        if (change.bucket().equals(TwoRegions.SOURCE_BUCKET)) {
            synchronized (untold) {
                untold.add(change);
            }
        }
    }
}
