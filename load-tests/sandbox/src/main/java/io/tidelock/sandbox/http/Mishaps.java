package io.tidelock.sandbox.http;

import io.netty.channel.ChannelOption;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The faults that strike one request, carried out. Belongs to one event loop. */
final class Mishaps {
    /** All goes well. */
    static final Mishaps NONE = new Mishaps(List.of());

    private final List<Fault> faults;

    private Mishaps(List<Fault> faults) {
        this.faults = faults;
    }

    static Mishaps of(List<Fault> faults) {
        return faults.isEmpty() ? NONE : new Mishaps(faults);
    }

    /** Does what comes before the effect, which then is {@code handling}, unless it never comes to that. */
    Future<Void> before(Vertx vertx, HttpServerRequest request, Supplier<Future<Void>> handling) {
        if (faults.isEmpty()) {
            return handling.get();
        }
        return pause(vertx, Fault.Delay.class, Fault.Delay::by).compose(_ -> {
            if (has(Fault.ResetBefore.class)) {
                return cut(request);
            }
            if (has(Fault.NoAnswer.class)) {
                return Promise.<Void>promise().future();
            }
            var refusal = refusal();
            return refusal.isPresent() ? Future.failedFuture(refusal.get()) : handling.get();
        });
    }

    private Optional<Refusal> refusal() {
        return faults.stream().flatMap(fault -> refusalOf(fault).stream()).findFirst();
    }

    private static Optional<Refusal> refusalOf(Fault fault) {
        return switch (fault) {
            case Fault.SlowDown() -> Optional.of(new Refusal(ErrorCode.SLOW_DOWN));
            case Fault.ServerError() -> Optional.of(new Refusal(ErrorCode.INTERNAL_ERROR));
            case Fault.ErrorInSuccess() -> Optional.of(new Refusal(ErrorCode.INTERNAL_ERROR).withStatus(200));
            case Fault.Denied() -> Optional.of(new Refusal(ErrorCode.ACCESS_DENIED));
            case Fault.KmsThrottled() -> Optional.of(new Refusal(ErrorCode.KMS_THROTTLED));
            case Fault.Delay _,
                    Fault.LateAnswer _,
                    Fault.ServerErrorAfterEffect _,
                    Fault.NoAnswer _,
                    Fault.ResetBefore _,
                    Fault.ResetWhileReading _,
                    Fault.ResetAfter _,
                    Fault.TruncatedAnswer _,
                    Fault.CorruptedAnswer _,
                    Fault.CorruptedRequest _ -> Optional.empty();
        };
    }

    /** Does what comes between the effect and its answer, which {@code sending} is. */
    Future<Void> after(Vertx vertx, HttpServerRequest request, Supplier<Future<Void>> sending) {
        if (faults.isEmpty()) {
            return sending.get();
        }
        return pause(vertx, Fault.LateAnswer.class, Fault.LateAnswer::by).compose(_ -> {
            if (has(Fault.ResetAfter.class)) {
                return cut(request);
            }
            return has(Fault.ServerErrorAfterEffect.class)
                    ? Future.failedFuture(new Refusal(ErrorCode.INTERNAL_ERROR))
                    : sending.get();
        });
    }

    private <T extends Fault> Future<Void> pause(Vertx vertx, Class<T> kind, Function<T, Duration> by) {
        var pause = all(kind).stream().map(by).reduce(Duration.ZERO, Duration::plus);
        return pause.isZero()
                ? Future.succeededFuture()
                : vertx.timer(Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** How many bytes of the request's body are read before the connection is cut. */
    Optional<Long> readLimit() {
        return all(Fault.ResetWhileReading.class).stream()
                .map(Fault.ResetWhileReading::bytes)
                .min(Long::compareTo);
    }

    /** How many bytes of the answer's body are sent before the connection is cut. */
    Optional<Long> answerLimit() {
        return all(Fault.TruncatedAnswer.class).stream()
                .map(Fault.TruncatedAnswer::bytes)
                .min(Long::compareTo);
    }

    boolean corruptsAnswer() {
        return has(Fault.CorruptedAnswer.class);
    }

    boolean corruptsRequest() {
        return has(Fault.CorruptedRequest.class);
    }

    private boolean has(Class<? extends Fault> kind) {
        return faults.stream().anyMatch(kind::isInstance);
    }

    private <T extends Fault> List<T> all(Class<T> kind) {
        return faults.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Resets the connection; the client sees no orderly end. */
    static Future<Void> cut(HttpServerRequest request) {
        reset(request.connection());
        return Future.failedFuture(new AnswerLost());
    }

    /** Ends the connection after what was sent, which is less than was announced. */
    static Future<Void> end(HttpServerRequest request) {
        return request.connection().close().compose(_ -> Future.failedFuture(new AnswerLost()));
    }

    private static void reset(HttpConnection connection) {
        if (connection instanceof VertxConnection channel) {
            // no lingering: the system sends a reset and drops what is still to be sent
            channel.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = channel.channel().close();
        } else {
            connection.close();
        }
    }
}
