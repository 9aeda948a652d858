package io.tidelock.deploy.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /metrics}: the page that Prometheus reads, in its text format or OpenMetrics as the request asks. */
final class MetricsRoute {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final Vertx vertx;
    private final PrometheusMeterRegistry registry;

    MetricsRoute(Vertx vertx, PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.registry = registry;
    }

    void mount(Router router) {
        router.get("/metrics").handler(this::scrape);
    }

    private void scrape(RoutingContext context) {
        var accept = context.request().getHeader("accept");
        var type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
        // a page with ten thousand rules takes half a second: not on the event loop
        vertx.executeBlocking(() -> registry.scrape(type), false)
                .onSuccess(page -> {
                    var _ = context.response().putHeader("content-type", type).end(page);
                })
                .onFailure(context::fail);
    }
}
