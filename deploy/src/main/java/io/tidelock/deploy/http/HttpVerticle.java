package io.tidelock.deploy.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of the service. */
public final class HttpVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
    private static final int IDLE_SECONDS_MAX = 60;

    private final HttpConfig config;
    private final PrometheusMeterRegistry registry;
    private final Supplier<List<Condition>> conditions;
    private final Supplier<List<DestinationState>> destinations;
    private @Nullable HttpServer server;

    /**
     * A server that has not started.
     *
     * @param conditions what readiness depends on; asked for each request, on an event loop
     * @param destinations what is shown of destinations beside it; likewise
     */
    public HttpVerticle(
            HttpConfig config,
            PrometheusMeterRegistry registry,
            Supplier<List<Condition>> conditions,
            Supplier<List<DestinationState>> destinations) {
        this.config = config;
        this.registry = registry;
        this.conditions = conditions;
        this.destinations = destinations;
    }

    @Override
    public Future<?> start() {
        var authentication = new Authentication(config);
        var router = Router.router(vertx);
        new HealthRoutes(conditions, destinations, authentication).mount(router);
        router.route().handler(authentication::handle);
        new MetricsRoute(vertx, registry).mount(router);
        return vertx.createHttpServer(options())
                .requestHandler(router)
                .listen(config.port(), config.host())
                .onSuccess(listening -> {
                    server = listening;
                    LOG.atInfo().addKeyValue("address", address()).log("Health and metrics are served");
                })
                .recover(cause -> Future.failedFuture(new IllegalStateException(
                        "http cannot listen on " + config.host() + ":" + config.port() + ": " + cause.getMessage()
                                + "; choose another http.host or http.port, or correct http.tls",
                        cause)));
    }

    /** Where it is served, such as {@code http://127.0.0.1:8080}; only after the start. */
    public String address() {
        if (server == null) {
            throw new IllegalStateException("the HTTP server has not started");
        }
        return (config.tls().isPresent() ? "https://" : "http://") + config.host() + ":" + server.actualPort();
    }

    private HttpServerOptions options() {
        var options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS_MAX)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(true);
        config.tls()
                .ifPresent(tls -> options.setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(tls.certificateFile().toString())
                                .setKeyPath(tls.keyFile().toString())));
        return options;
    }
}
