package io.tidelock.scenarios.quickstart;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be closed at the end, last opened first; closing twice is closing once. Thread-safe, so that a shutdown hook may close. */
final class Resources implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private volatile boolean closing;

    /** Keeps a resource for the end; when the end has come already it is closed at once. */
    <T extends AutoCloseable> T add(T resource) throws Exception {
        synchronized (open) {
            if (!closing) {
                open.push(resource);
                return resource;
            }
        }
        resource.close();
        throw new IllegalStateException("it is being stopped");
    }

    boolean closing() {
        return closing;
    }

    @Override
    public void close() {
        synchronized (open) {
            closing = true;
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception failed) {
                    System.err.println("Closing failed: " + failed.getMessage());
                }
            }
        }
    }
}
