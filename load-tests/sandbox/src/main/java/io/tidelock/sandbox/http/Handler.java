package io.tidelock.sandbox.http;

import io.vertx.core.Future;

/** Serves one operation. */
@FunctionalInterface
interface Handler {
    /**
     * Answers; the future ends with the answer.
     *
     * @throws io.tidelock.sandbox.model.Refusal when S3 would refuse; a failed future may carry one as well
     */
    Future<Void> handle(Exchange exchange);
}
