package io.tidelock.replicator.execute;

import io.tidelock.replicator.store.ObjectStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong on purpose in a replicator under test.
 *
 * @param source what the replicator sees in place of a source store
 * @param destination what it sees in place of a destination store
 */
record PlantedFault(UnaryOperator<ObjectStore> source, UnaryOperator<ObjectStore> destination) {
    /** Nothing is wrong. */
    static final PlantedFault NONE = new PlantedFault(UnaryOperator.identity(), UnaryOperator.identity());

    /** Answers one method of a store in the store's place. */
    @FunctionalInterface
    interface Answer {
        @Nullable
        Object instead(ObjectStore store, Object[] arguments);
    }

    /** The same store but for one method. */
    static UnaryOperator<ObjectStore> with(String method, Answer answer) {
        return store -> (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, handler(store, method, answer));
    }

    private static InvocationHandler handler(ObjectStore store, String method, Answer answer) {
        return (_, called, arguments) -> {
            if (called.getName().equals(method)) {
                return answer.instead(store, arguments);
            }
            try {
                return called.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
    }
}
