package io.tidelock.deploy.service;

import io.tidelock.deploy.config.TidelockConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service of one process. Started and stopped once. */
public final class Service {
    /** Everything has stopped this long after being told to, or is given up. */
    public static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

    private static final Duration RULES_PAUSE_MIN = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** Nothing is served from the class path, so nothing has to be unpacked into a temporary directory. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));

    private final TidelockConfig config;
    private final Wiring wiring;
    private final KafkaWait kafka;
    private final RulesWait rules;
    private final Deque<String> deployed = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private boolean stopping;
    private boolean clean = true;

    /** A service that has not started; from now on it has to be stopped. */
    public Service(TidelockConfig config) {
        this.config = config;
        this.wiring = new Wiring(config);
        this.kafka = new KafkaWait(
                config.kafka(), () -> Wiring.topics(config).ensure(config.ownTopics()), wiring.health()::starting);
        this.rules = new RulesWait(wiring::readRules, RULES_PAUSE_MIN, wiring.health()::starting);
    }

    /** Makes a service and starts it. */
    public static Service start(TidelockConfig config) {
        var service = new Service(config);
        service.start();
        return service;
    }

    /**
     * Starts health and metrics, waits for Kafka, makes Tidelock's topics where they are missing, waits for stores that hold rules, and starts
     * the roles; blocks until they have begun. Where somebody {@link #stop stops} the service meanwhile, it returns without having begun.
     *
     * @throws RuntimeException whose message names what cannot begin and the remedy; then nothing is left running
     */
    public void start() {
        try {
            if (!deploy(wiring.http())
                    || !kafka.await()
                    || !rules.await()
                    || !wiring.roles().stream().allMatch(this::deploy)) {
                return;
            }
        } catch (RuntimeException failure) {
            fail();
            throw failure;
        } catch (InterruptedException interrupted) {
            fail();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the service started", interrupted);
        }
        wiring.health().runs();
        LOG.atInfo().addKeyValue("roles", config.roles()).log("The service runs");
    }

    private void fail() {
        synchronized (this) {
            clean = false;
        }
        stop(STOP_DEADLINE);
    }

    /** Whether it was deployed: not when the service is to stop. */
    private synchronized boolean deploy(VerticleBase verticle) {
        if (!stopping) {
            deployed.push(vertx.deployVerticle(verticle).await());
        }
        return !stopping;
    }

    /** Where health and metrics are served. */
    public String address() {
        return wiring.http().address();
    }

    /**
     * Stops all roles together, so that one that waits for Kafka takes no time from another: what was begun ends and is recorded. Health is
     * told until they have ended. Whoever waits for the start is released; stopping again does nothing.
     *
     * @return whether all ended in time and had started well; what did not end is taken up by whoever owns its partitions next
     */
    public boolean stop(Duration deadline) {
        kafka.end();
        rules.end();
        synchronized (this) {
            if (!stopping) {
                stopping = true;
                stopOnce(deadline);
            }
            return clean;
        }
    }

    private void stopOnce(Duration deadline) {
        var end = System.nanoTime() + deadline.toNanos();
        wiring.health().stops();
        LOG.atInfo().log("The service stops");
        var http = deployed.pollLast();
        clean &= within(end, Future.join(deployed.stream().map(vertx::undeploy).toList()));
        if (http != null) {
            clean &= within(end, vertx.undeploy(http));
        }
        wiring.close();
        clean &= within(end, vertx.close());
        LOG.atInfo().addKeyValue("clean", clean).log("The service has stopped");
        stopped.countDown();
    }

    /** Blocks until somebody has stopped the service. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    private static boolean within(long end, Future<?> work) {
        try {
            work.await(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.atError().log("A part of the service did not stop in time");
            return false;
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A part of the service failed to stop");
            return false;
        }
    }
}
