package io.tidelock.sandbox.kafka;

import org.jspecify.annotations.Nullable;

/** The embedded broker could not do what was asked; the message says what and why. */
public final class SandboxKafkaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SandboxKafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
