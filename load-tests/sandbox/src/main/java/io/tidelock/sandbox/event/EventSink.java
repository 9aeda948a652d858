package io.tidelock.sandbox.event;

/** Where notifications go. Used by one thread at a time. */
public interface EventSink extends AutoCloseable {
    /** Hands over one message; messages of one topic keep their order. May wait for room. */
    void send(String topic, byte[] message);

    /** Waits until everything handed over has arrived. */
    void flush();

    @Override
    void close();
}
