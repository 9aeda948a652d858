package io.tidelock.deploy.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/** {@code /health/live}: the process answers. {@code /health/ready}: it works, or why it does not. */
final class HealthRoutes {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Supplier<List<Condition>> conditions;
    private final Supplier<List<DestinationState>> destinations;
    private final Authentication authentication;

    HealthRoutes(
            Supplier<List<Condition>> conditions,
            Supplier<List<DestinationState>> destinations,
            Authentication authentication) {
        this.conditions = conditions;
        this.destinations = destinations;
        this.authentication = authentication;
    }

    void mount(Router router) {
        router.get("/health/live").handler(context -> answer(context, OK, new JsonObject().put("status", "UP")));
        router.get("/health/ready").handler(this::ready);
    }

    private void ready(RoutingContext context) {
        var now = conditions.get();
        var ready = now.stream().allMatch(Condition::ok);
        var body = new JsonObject().put("status", ready ? "UP" : "DOWN");
        if (authentication.admits(context.request())) {
            var list = new JsonArray();
            now.forEach(condition -> list.add(new JsonObject()
                    .put("name", condition.name())
                    .put("status", condition.ok() ? "UP" : "DOWN")
                    .put("reason", condition.reason())));
            body.put("conditions", list);
            var states = new JsonArray();
            destinations
                    .get()
                    .forEach(state -> states.add(new JsonObject()
                            .put("destination", state.destination())
                            .put("breaker", state.breaker())
                            .put("parked", state.parked())));
            body.put("destinations", states);
        }
        answer(context, ready ? OK : UNAVAILABLE, body);
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        var _ = context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(body.encodePrettily() + "\n");
    }
}
