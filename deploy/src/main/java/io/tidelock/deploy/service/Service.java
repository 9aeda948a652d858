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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service of one process. Started and stopped once. */
public final class Service {
    /** Everything has stopped this long after being told to, or is given up. */
    public static final Duration STOP_DEADLINE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    /** Nothing is served from the class path, so nothing has to be unpacked into a temporary directory. */
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setFileSystemOptions(
                    new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));

    private final Wiring wiring;
    private final Deque<String> deployed = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Service(Wiring wiring) {
        this.wiring = wiring;
    }

    /**
     * Starts health and metrics, makes Tidelock's topics where they are missing, and starts the roles; blocks until they
     * have begun.
     *
     * @throws RuntimeException whose message names what cannot begin and the remedy; then nothing is left running
     */
    public static Service start(TidelockConfig config) {
        var service = new Service(new Wiring(config));
        try {
            service.deploy(service.wiring.http());
            requireTopics(config);
            service.wiring.roles().forEach(service::deploy);
        } catch (RuntimeException failure) {
            service.stop(STOP_DEADLINE);
            throw failure;
        }
        LOG.atInfo().addKeyValue("roles", config.roles()).log("The service runs");
        return service;
    }

    private static void requireTopics(TidelockConfig config) {
        var problems = Wiring.topics(config).ensure(config.ownTopics());
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
    }

    private void deploy(VerticleBase verticle) {
        deployed.push(vertx.deployVerticle(verticle).await());
    }

    /** Where health and metrics are served. */
    public String address() {
        return wiring.http().address();
    }

    /**
     * Stops in the reverse order of starting: what was begun ends and is recorded, then everything is closed.
     *
     * @return whether all ended in time; what did not is taken up by whoever owns its partitions next
     */
    public boolean stop(Duration deadline) {
        var end = System.nanoTime() + deadline.toNanos();
        var clean = true;
        LOG.atInfo().log("The service stops");
        while (!deployed.isEmpty()) {
            clean &= within(end, vertx.undeploy(deployed.pop()));
        }
        wiring.close();
        clean &= within(end, vertx.close());
        LOG.atInfo().addKeyValue("clean", clean).log("The service has stopped");
        stopped.countDown();
        return clean;
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
