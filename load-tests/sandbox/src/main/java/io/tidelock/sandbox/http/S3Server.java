package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.World;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;

/** The S3 endpoint of one region. */
public final class S3Server implements AutoCloseable {
    private final S3Settings settings;
    private final RequestCounts counts = new RequestCounts();
    private final HttpServer server;

    private S3Server(Vertx vertx, World world, S3Settings settings) {
        if (!world.regions().contains(settings.region())) {
            throw new IllegalArgumentException(
                    "region must be one of " + world.regions() + ", was " + settings.region());
        }
        this.settings = settings;
        this.server = vertx.createHttpServer(new HttpServerOptions()).requestHandler(this::handle);
    }

    /**
     * Starts serving and waits until the port is bound; not to be called on an event loop.
     *
     * @param vertx runs the event loops; stays open when the server closes
     */
    public static S3Server start(Vertx vertx, World world, S3Settings settings) {
        var created = new S3Server(vertx, world, settings);
        created.server.listen(settings.port(), settings.host()).await();
        return created;
    }

    public int port() {
        return server.actualPort();
    }

    /** Where clients find it. */
    public URI endpoint() {
        return URI.create("http://" + settings.host() + ":" + port());
    }

    public RequestCounts counts() {
        return counts;
    }

    /** Stops listening, ends open connections and removes the bytes of all objects. */
    @Override
    public void close() {
        server.close().await();
    }

    private void handle(HttpServerRequest request) {
        counts.count("Unknown");
        Future<Void> ignored = request.response()
                .setStatusCode(ErrorCode.NOT_IMPLEMENTED.status())
                .end("<Error><Code>" + ErrorCode.NOT_IMPLEMENTED.code() + "</Code></Error>");
    }
}
