package io.tidelock.ingest.order;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks so that those of one key run one after another in the order given, and those of many keys at once, at most
 * {@code lanesMax} of them. A key takes memory only while it has tasks. Queues have no bound of their own: whoever submits
 * bounds what is in flight. Thread-safe.
 *
 * @param <K> what is served in order
 * @param <T> a piece of work
 */
public final class KeyedLanes<K, T> {
    private final int lanesMax;
    private final Executor executor;
    private final Consumer<T> work;
    private final BiConsumer<T, Throwable> failed;

    private final Map<K, Queue<T>> waiting = new HashMap<>();
    private final Queue<K> ready = new ArrayDeque<>();
    private final Set<T> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    private int running;
    private int tasks;

    /**
     * Lanes with nothing to do.
     *
     * @param lanesMax how many tasks run at once at most, from 1
     * @param executor where they run, such as one virtual thread a task
     * @param work does one task; may block
     * @param failed told when that throws; the key's next task runs all the same
     */
    public KeyedLanes(int lanesMax, Executor executor, Consumer<T> work, BiConsumer<T, Throwable> failed) {
        if (lanesMax < 1) {
            throw new IllegalArgumentException("lanesMax must be at least 1, was " + lanesMax);
        }
        this.lanesMax = lanesMax;
        this.executor = executor;
        this.work = work;
        this.failed = failed;
    }

    /** Queues a task behind those of its key. */
    public void submit(K key, T task) {
        synchronized (this) {
            var queue = waiting.get(key);
            if (queue == null) {
                queue = new ArrayDeque<>(2);
                waiting.put(key, queue);
                ready.add(key);
            }
            queue.add(task);
            tasks++;
            if (running == lanesMax || ready.isEmpty()) {
                return;
            }
            running++;
        }
        start();
    }

    private void start() {
        try {
            executor.execute(this::lane);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                running--;
            }
            throw e;
        }
    }

    /** Takes ready keys in turn, one task each, until none is ready. */
    private void lane() {
        for (var next = next(); next != null; next = next()) {
            try {
                work.accept(next.task);
            } catch (Throwable bug) {
                report(next.task, bug);
            }
            ended(next);
        }
    }

    private void report(T task, Throwable bug) {
        try {
            failed.accept(task, bug);
        } catch (Throwable second) {
            second.addSuppressed(bug);
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, second);
        }
    }

    private record Turn<K, T>(K key, T task) {}

    private synchronized @Nullable Turn<K, T> next() {
        while (true) {
            var key = ready.poll();
            if (key == null) {
                running--;
                return null;
            }
            var queue = waiting.get(key);
            var task = queue == null ? null : queue.poll();
            if (task != null) {
                begun.add(task);
                return new Turn<>(key, task);
            }
            waiting.remove(key);
        }
    }

    private synchronized void ended(Turn<K, T> turn) {
        tasks--;
        begun.remove(turn.task);
        var key = turn.key;
        var queue = waiting.get(key);
        if (queue == null || queue.isEmpty()) {
            waiting.remove(key);
        } else {
            ready.add(key);
        }
    }

    /** Takes out the tasks that match and have not begun, and returns them in the order of each key. */
    public synchronized List<T> withdraw(Predicate<T> matching) {
        var withdrawn = new ArrayList<T>();
        waiting.values().forEach(queue -> queue.removeIf(task -> matching.test(task) && withdrawn.add(task)));
        tasks -= withdrawn.size();
        return withdrawn;
    }

    /** The same of one key alone. */
    public synchronized List<T> withdraw(K key, Predicate<T> matching) {
        var withdrawn = new ArrayList<T>();
        var queue = waiting.get(key);
        if (queue != null) {
            queue.removeIf(task -> matching.test(task) && withdrawn.add(task));
        }
        tasks -= withdrawn.size();
        return withdrawn;
    }

    /** The tasks that match, have begun and have not ended. One that is not withdrawn before is among them, unless it has ended. */
    public synchronized List<T> begun(Predicate<T> matching) {
        return begun.stream().filter(matching).toList();
    }

    /** How many tasks run or wait. */
    public synchronized int tasks() {
        return tasks;
    }

    /** How many keys have tasks, running or waiting. */
    public synchronized int keys() {
        return waiting.size();
    }

    /** How many tasks run now. */
    public synchronized int running() {
        return running;
    }
}
