package io.tidelock.sandbox.http;

import io.tidelock.sandbox.body.Body;
import io.vertx.core.Future;
import java.nio.ByteBuffer;

/** Where the bytes of an upload go; used by one event loop. */
interface BodySink {
    /** Takes bytes, which nobody changes afterwards. */
    Future<Void> write(ByteBuffer bytes);

    /** Whether the writer should wait until {@link #onDrain} calls. */
    boolean full();

    void onDrain(Runnable resume);

    /** All bytes have come. */
    Future<Body> finish();

    /** They are not wanted after all. */
    void discard();
}
