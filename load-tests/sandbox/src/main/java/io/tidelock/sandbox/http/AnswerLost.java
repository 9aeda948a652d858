package io.tidelock.sandbox.http;

/** Nobody is to be answered: a fault cut the connection. Without a stack trace, since it is wanted. */
final class AnswerLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AnswerLost() {
        super("the connection was cut by a fault", null, false, false);
    }
}
