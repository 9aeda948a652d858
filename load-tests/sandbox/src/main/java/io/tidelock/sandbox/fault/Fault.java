package io.tidelock.sandbox.fault;

import java.time.Duration;

/** What goes wrong with a request. Several faults can strike one request: delays first, then the first that refuses or cuts. */
public sealed interface Fault {
    /** Whether a request that it strikes comes to its end before it takes any effect. */
    default boolean endsRequest() {
        return switch (this) {
            case SlowDown _, ServerError _, ErrorInSuccess _, Denied _, KmsThrottled _, ResetBefore _, NoAnswer _ ->
                true;
            case Delay _,
                    LateAnswer _,
                    ServerErrorAfterEffect _,
                    ResetWhileReading _,
                    ResetAfter _,
                    TruncatedAnswer _,
                    CorruptedAnswer _,
                    CorruptedRequest _ -> false;
        };
    }

    /** Nothing happens before this time has passed; a client that gave up meanwhile may still have its request carried out. */
    record Delay(Duration by) implements Fault {
        public Delay {
            requirePositive("delay.by", by);
        }
    }

    /** The request takes effect at once and its answer comes so much later. */
    record LateAnswer(Duration by) implements Fault {
        public LateAnswer {
            requirePositive("lateAnswer.by", by);
        }
    }

    /** 503 SlowDown, without effect (API: Error responses). */
    record SlowDown() implements Fault {}

    /** 500 InternalError, without effect (API: Error responses). */
    record ServerError() implements Fault {}

    /** 200, and InternalError in its body, without effect: S3 has begun to answer by then (API: CompleteMultipartUpload, CopyObject). */
    record ErrorInSuccess() implements Fault {}

    /** 500 InternalError after the request took effect: S3 says that nothing is known. */
    record ServerErrorAfterEffect() implements Fault {}

    /** 403 AccessDenied, whatever the policies say (API: Error responses). */
    record Denied() implements Fault {}

    /** 400 ThrottlingException: S3 passes on that KMS wants fewer requests (KMS developer guide: Request quotas, throttling). */
    record KmsThrottled() implements Fault {}

    /** The request is taken and nothing ever comes of it, while its connection stays open until the client gives up. */
    record NoAnswer() implements Fault {}

    /** The connection is reset before the request is read. */
    record ResetBefore() implements Fault {}

    /**
     * The connection is reset while the request's body is read.
     *
     * @param bytes after how many bytes of it, at least 0
     */
    record ResetWhileReading(long bytes) implements Fault {
        public ResetWhileReading {
            requireNotNegative("resetWhileReading.bytes", bytes);
        }
    }

    /** The connection is reset after the request took effect, in place of the answer. */
    record ResetAfter() implements Fault {}

    /**
     * The answer's body ends early and the connection with it.
     *
     * @param bytes how many bytes of it are sent at most, at least 0
     */
    record TruncatedAnswer(long bytes) implements Fault {
        public TruncatedAnswer {
            requireNotNegative("truncatedAnswer.bytes", bytes);
        }
    }

    /** One byte in the middle of the answer's body is another, and all headers are right. */
    record CorruptedAnswer() implements Fault {}

    /** The first byte of the request's body is another when it arrives. */
    record CorruptedRequest() implements Fault {}

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, was " + value);
        }
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be at least 0, was " + value);
        }
    }
}
