package io.tidelock.sandbox.http;

import io.tidelock.sandbox.body.BodyDirectory;
import io.tidelock.sandbox.fault.Faults;
import io.tidelock.sandbox.model.World;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The S3 endpoint of one region. Safe for many threads. */
public final class S3Server implements AutoCloseable {
    /** Far more than S3 takes, so that what is too large gets S3's own answer. */
    private static final int HEADER_BYTES_MAX = 64 * 1024;

    /** Listeners that ask for the same negative port share one free port (Vert.x HTTP guide: Random port sharing). */
    private static final AtomicInteger LAST_SHARED_PORT = new AtomicInteger();

    private final Vertx vertx;
    private final S3Settings settings;
    private final RequestCounts counts = new RequestCounts();
    private final LostAnswers lostAnswers = new LostAnswers();
    private final Faults faults =
            new Faults(Stream.of(Operation.values()).map(Operation::name).collect(Collectors.toSet()));
    private final RegionEndpoint endpoint;
    private final AtomicInteger port;
    private volatile int asked;
    private @Nullable String deployment;

    private S3Server(Vertx vertx, World world, S3Settings settings) throws IOException {
        if (!world.regions().contains(settings.region())) {
            throw new IllegalArgumentException(
                    "region must be one of " + world.regions() + ", was " + settings.region());
        }
        this.vertx = vertx;
        this.settings = settings;
        this.endpoint = new RegionEndpoint(
                new RegionServices(world, settings.authorizer(), vertx, lostAnswers),
                settings,
                counts,
                faults,
                new Bodies(vertx, BodyDirectory.within(settings.bodies())));
        this.asked = settings.port() == 0 ? LAST_SHARED_PORT.decrementAndGet() : settings.port();
        this.port = new AtomicInteger(asked);
        this.deployment = deploy();
        this.asked = port.get();
    }

    private String deploy() {
        return vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(settings.eventLoops()))
                .await();
    }

    /**
     * Starts serving and waits until the port is bound; not to be called on an event loop.
     *
     * @param vertx runs the event loops; stays open when the server closes
     * @throws UncheckedIOException when the directory for bodies cannot be written to
     */
    public static S3Server start(Vertx vertx, World world, S3Settings settings) {
        try {
            return new S3Server(vertx, world, settings);
        } catch (IOException e) {
            throw new UncheckedIOException("bodies: cannot write to " + settings.bodies(), e);
        }
    }

    public int port() {
        return port.get();
    }

    /** Where clients find it. */
    public URI endpoint() {
        return URI.create("http://" + settings.host() + ":" + port());
    }

    public RequestCounts counts() {
        return counts;
    }

    /** What took effect and was not told. */
    public LostAnswers lostAnswers() {
        return lostAnswers;
    }

    /** What goes wrong with requests to this region. */
    public Faults faults() {
        return faults;
    }

    /** Stops listening and ends open connections; what the region holds stays, and {@link #restart} goes on at the same port. */
    public synchronized void stop() {
        var running = deployment;
        if (running != null) {
            deployment = null;
            vertx.undeploy(running).await();
        }
    }

    /** Serves again after {@link #stop}, at the same port. */
    public synchronized void restart() {
        if (deployment == null) {
            deployment = deploy();
        }
    }

    /** Stops for good. */
    @Override
    public void close() {
        stop();
    }

    /** One event loop's share of the port. */
    private final class Listener extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            // S3 speaks HTTP/1.1 only, and a signed Host would be gone after an upgrade to HTTP/2
            vertx.createHttpServer(new HttpServerOptions()
                            .setHttp2ClearTextEnabled(false)
                            .setMaxHeaderSize(HEADER_BYTES_MAX)
                            .setMaxInitialLineLength(HEADER_BYTES_MAX))
                    .requestHandler(endpoint::handle)
                    .listen(asked, settings.host())
                    .onSuccess(server -> bound(server, started))
                    .onFailure(started::fail);
        }

        private void bound(HttpServer server, Promise<Void> started) {
            port.set(server.actualPort());
            started.complete();
        }
    }
}
