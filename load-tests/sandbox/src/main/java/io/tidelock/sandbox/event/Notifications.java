package io.tidelock.sandbox.event;

import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.ChangeListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells topics what happens in buckets, from a thread of its own.
 *
 * <p>Changes wait in a queue of {@value #CHANGES_WAITING_MAX}; when it is full, because the topics take nothing, the writer whose change
 * does not fit waits. Thread-safe.
 */
public final class Notifications implements ChangeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final int CHANGES_WAITING_MAX = 500_000;
    private static final Duration IDLE_WAIT = Duration.ofMillis(500);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private final EventSink sink;
    private final InstantSource clock;
    private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(CHANGES_WAITING_MAX);
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Thread sender;
    private long accepted;
    private long settled;

    /** Starts the sending thread; the sink is closed with this. */
    public Notifications(EventSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
        this.sender = Thread.ofPlatform().daemon().name("sandbox-notifications").start(this::run);
    }

    /** Tells another topic from now on; an id that is there already is put in place of the old one. */
    public void add(NotificationConfiguration configuration) {
        synchronized (this) {
            subscriptions.removeIf(one -> one.configuration().id().equals(configuration.id()));
            subscriptions.add(new Subscription(configuration, new DeliveryLine<>(configuration.delivery())));
        }
    }

    @Override
    public void changed(Change change) {
        synchronized (this) {
            accepted++;
        }
        put(new Told(change));
    }

    /** What became of the messages of one configuration so far. */
    public synchronized NotificationCounts counts(String configurationId) {
        return subscriptions.stream()
                .filter(one -> one.configuration().id().equals(configurationId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no notification has the id " + configurationId))
                .line()
                .counts();
    }

    /** Waits until every change so far was told or dropped, held messages included; says whether that came true in time. */
    public synchronized boolean awaitDelivered(Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        var wanted = accepted;
        while (settled < wanted) {
            var left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Tells what is left, held messages at once, and stops; gives up after {@code CLOSE_WAIT} when the topics take nothing. */
    @Override
    public void close() {
        put(new Stop());
        try {
            if (!sender.join(CLOSE_WAIT)) {
                sender.interrupt();
                sender.join();
            }
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
        sink.close();
    }

    private void put(Work work) {
        var interrupted = false;
        while (true) {
            try {
                waiting.put(work);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            var taken = 0L;
            while (true) {
                var work = waiting.poll(idleWait().toMillis(), TimeUnit.MILLISECONDS);
                switch (work) {
                    case null -> sendDue();
                    case Told(var change) -> {
                        taken++;
                        tell(change);
                    }
                    case Stop() -> {
                        sendRest();
                        return;
                    }
                }
                if (waiting.isEmpty()) {
                    settle(taken);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("notifications stopped");
        }
    }

    private Duration idleWait() {
        var now = clock.instant();
        return lines().stream()
                .flatMap(one -> one.line().nextDue().stream())
                .min(Instant::compareTo)
                .map(due -> Duration.between(now, due))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .filter(wait -> wait.compareTo(IDLE_WAIT) < 0)
                .orElse(IDLE_WAIT);
    }

    private void tell(Change change) {
        var now = clock.instant();
        for (var one : lines()) {
            if (one.configuration().covers(change)) {
                var message = EventJson.of(change, one.configuration().id());
                send(one, offer(one, message, now));
            }
        }
    }

    private synchronized List<byte[]> offer(Subscription one, byte[] message, Instant now) {
        return one.line().offer(message, now);
    }

    private void sendDue() {
        var now = clock.instant();
        for (var one : lines()) {
            List<byte[]> due;
            synchronized (this) {
                due = one.line().due(now);
            }
            send(one, due);
        }
    }

    private void sendRest() {
        for (var one : lines()) {
            List<byte[]> rest;
            synchronized (this) {
                rest = one.line().rest();
            }
            send(one, rest);
        }
        sink.flush();
    }

    private void send(Subscription one, List<byte[]> messages) {
        for (var message : messages) {
            sink.send(one.configuration().topic(), message);
        }
    }

    private void settle(long taken) {
        if (lines().stream().allMatch(one -> one.line().nextDue().isEmpty())) {
            synchronized (this) {
                if (settled == taken) {
                    return;
                }
            }
            sink.flush();
            synchronized (this) {
                settled = taken;
                notifyAll();
            }
        }
    }

    private synchronized List<Subscription> lines() {
        return List.copyOf(subscriptions);
    }

    /** A configuration and the line that its messages pass. */
    private record Subscription(NotificationConfiguration configuration, DeliveryLine<byte[]> line) {}

    /** What the sending thread has to do. */
    private sealed interface Work {}

    private record Told(Change change) implements Work {}

    private record Stop() implements Work {}
}
