package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Encryption;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The SSE-C keys that a store was given. Which one opens a version is found by trying. Immutable. */
final class CustomerKeys {
    /** What stores answer to a key that is not the version's. */
    private static final Set<StoreFailure> NOT_THIS_ONE =
            Set.of(StoreFailure.CUSTOMER_KEY_NEEDED, StoreFailure.DENIED, StoreFailure.INVALID_REQUEST);

    private final List<CustomerKey> keys;

    CustomerKeys(List<CustomerKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Asks without a key first, as most versions need none, and then with one after the other. */
    <T> T trying(Function<@Nullable CustomerKey, T> request) {
        try {
            return request.apply(null);
        } catch (StoreException sealed) {
            if (sealed.failure() != StoreFailure.CUSTOMER_KEY_NEEDED) {
                throw sealed;
            }
            for (var key : keys) {
                try {
                    return request.apply(key);
                } catch (StoreException e) {
                    if (!NOT_THIS_ONE.contains(e.failure())) {
                        throw e;
                    }
                }
            }
            throw sealed;
        }
    }

    /** The key that a write asks for, or null where it asks for none; refuses one that the store was not given. */
    @Nullable
    CustomerKey of(String operation, Encryption encryption) {
        if (!(encryption instanceof Encryption.SseC customer)) {
            return null;
        }
        return keys.stream()
                .filter(key -> key.md5().equals(customer.keyMd5()))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        StoreFailure.CUSTOMER_KEY_NEEDED,
                        operation,
                        "customerKeys has no key with the MD5 " + customer.keyMd5(),
                        null));
    }
}
