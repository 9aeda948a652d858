package io.tidelock.deploy.service;

import io.tidelock.ingest.kafka.KafkaSettings;
import io.tidelock.ingest.kafka.TopicProblem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a broker when the service starts: what passes by itself is waited for, what somebody has to correct is said at once. */
final class KafkaWait {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaWait.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** A broker that runs answers sooner than this. */
    private static final Duration FIRST_NEWS = Duration.ofSeconds(3);

    private static final Duration NEWS_EVERY = Duration.ofSeconds(30);

    private final Duration deadline;
    private final Supplier<List<TopicProblem>> question;
    private final Consumer<String> news;
    private final CompletableFuture<List<TopicProblem>> answer = new CompletableFuture<>();
    private volatile String reason;

    /**
     * A wait that has not begun.
     *
     * @param question asks Kafka, on a thread of its own that is interrupted when nobody waits any more; is asked again while all that it
     *     finds wrong {@link TopicProblem#passes passes}
     * @param news told why it still waits
     */
    KafkaWait(KafkaSettings kafka, Supplier<List<TopicProblem>> question, Consumer<String> news) {
        this.deadline = kafka.startDeadline();
        this.question = question;
        this.news = news;
        this.reason = "Kafka at " + kafka.bootstrapServers()
                + " has not answered yet: check kafka.bootstrapServers and kafka.properties, and that the brokers run";
    }

    /**
     * Blocks until Kafka has answered; once.
     *
     * @return whether it has; otherwise the wait was ended
     * @throws IllegalStateException that says what is wrong and the remedy, when it is not answered in time or what is wrong does not pass
     */
    boolean await() throws InterruptedException {
        var asker = Thread.ofVirtual().name("kafka-wait").start(this::ask);
        try {
            var problems = answered();
            if (!problems.isEmpty()) {
                throw new IllegalStateException(words(problems));
            }
            return true;
        } catch (CancellationException _) {
            return false;
        } finally {
            asker.interrupt();
        }
    }

    /** Ends the wait from another thread. */
    void end() {
        answer.cancel(false);
    }

    private void ask() {
        try {
            var problems = question.get();
            while (!problems.isEmpty() && problems.stream().allMatch(TopicProblem::passes)) {
                reason = words(problems);
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                problems = question.get();
            }
            answer.complete(problems);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            answer.completeExceptionally(bug);
        }
    }

    private List<TopicProblem> answered() throws InterruptedException {
        var began = System.nanoTime();
        var nextNews = FIRST_NEWS;
        while (true) {
            var waited = Duration.ofNanos(System.nanoTime() - began);
            var until = nextNews.compareTo(deadline) < 0 ? nextNews : deadline;
            try {
                return answer.get(until.minus(waited).toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException late) {
                if (until.equals(deadline)) {
                    throw new IllegalStateException(
                            "kafka.startDeadline (" + deadline + ") is over: " + reason
                                    + ", or raise kafka.startDeadline",
                            late);
                }
                LOG.atWarn()
                        .addKeyValue("reason", reason)
                        .addKeyValue("waited", until)
                        .addKeyValue("kafka.startDeadline", deadline)
                        .log("The service cannot start yet and waits for Kafka");
                news.accept("waits for Kafka: " + reason);
                nextNews = nextNews.plus(NEWS_EVERY);
            } catch (ExecutionException bug) {
                throw new IllegalStateException("asking for Tidelock's topics failed: " + bug.getCause(), bug);
            }
        }
    }

    private static String words(List<TopicProblem> problems) {
        return problems.stream().map(TopicProblem::toString).collect(Collectors.joining("; "));
    }
}
