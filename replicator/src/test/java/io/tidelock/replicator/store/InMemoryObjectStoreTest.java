package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTest extends LockContract {
    private final InMemoryFixture fixture = new InMemoryFixture();

    @Override
    protected InMemoryFixture fixture() {
        return fixture;
    }

    @AfterEach
    void nothingHooked() {
        fixture.store().hook(StoreHook.NONE);
    }

    @Test
    void a_call_that_fails_before_has_no_effect_and_one_that_fails_after_has() {
        // Given
        var lost = new StoreException(StoreFailure.UNAVAILABLE, "PutObject", "no answer", null);
        fixture.store().hook(StoreHook.failingBefore((call, key) -> lost(call, key, "before", lost)));
        assertFails(StoreFailure.UNAVAILABLE, () -> put(key("before"), bytes(1, 1)));

        // When
        fixture.store().hook(StoreHook.failingAfter((call, key) -> lost(call, key, "after", lost)));
        assertFails(StoreFailure.UNAVAILABLE, () -> put(key("after"), bytes(1, 1)));

        // Then
        assertThat(store().stack(key("before")).layers()).isEmpty();
        assertThat(store().stack(key("after")).layers()).hasSize(1);
    }

    private static Optional<StoreException> lost(StoreCall call, String key, String wanted, StoreException lost) {
        return call == StoreCall.PutObject && key.equals(wanted) ? Optional.of(lost) : Optional.empty();
    }

    @Test
    void a_hook_can_change_the_world_in_the_middle_of_a_copy() {
        // Given
        var first = put(key("a"), bytes(1, 10));
        fixture.store().hook((moment, call, _) -> {
            if (moment == StoreHook.Moment.MIDDLE && call == StoreCall.GetObject) {
                fixture.store().hook(StoreHook.NONE);
                fixture.store().world().put(key("a"), bytes(2, 10));
            }
        });

        // When
        var read = read(key("a"), first.id());

        // Then
        assertThat(read).isEqualTo(bytes(1, 10));
        assertThat(store().stack(key("a")).layers()).hasSize(2);
    }

    @Test
    void calls_are_counted() {
        // Given
        fixture.store().resetCounts();

        // When
        put(key("a"), bytes(1, 10));
        store().head(key("a"));
        store().head(key("a"));

        // Then
        assertThat(fixture.store().counts()).isEqualTo(Map.of(StoreCall.PutObject, 1, StoreCall.HeadObject, 2));
    }

    @Test
    void a_bucket_of_another_account_keeps_the_writer_as_owner_unless_the_acl_gives_it_away() {
        // Given
        fixture.store().world().owner(bucket, "account-b", "BucketOwnerEnforced");
        var enforced = put(key("a"), bytes(1, 10));
        fixture.store().world().owner(bucket, "account-b", "BucketOwnerPreferred");
        var preferred = put(key("a"), bytes(1, 10));

        // When / Then
        assertThat(store().owner(new ObjectVersion(key("a"), enforced.id()))).isEqualTo("account-b");
        assertThat(store().owner(new ObjectVersion(key("a"), preferred.id()))).isEqualTo("account-a");
    }

    @Test
    void customer_keys_archives_and_missing_locks_are_refused() {
        // Given
        var world = fixture.store().world();
        var sealed = world.put(key("c"), bytes(1, 1), Map.of(), Map.of(), new Encryption.SseC(null), "STANDARD");
        var frozen = world.put(key("g"), bytes(1, 1), Map.of(), Map.of(), new Encryption.None(), "GLACIER");

        // When / Then
        assertFails(StoreFailure.CUSTOMER_KEY_NEEDED, () -> store().head(new ObjectVersion(key("c"), sealed)));
        assertFails(StoreFailure.ARCHIVED, () -> read(key("g"), frozen));
    }

    @Test
    void a_bucket_default_encrypts_what_asks_for_nothing() {
        // Given
        var other = fixture.newBucket(Versioning.ENABLED);
        fixture.store().world().defaultEncryption(other, new Encryption.SseS3());

        // When
        var written = put(new ObjectKey(other, "a"), bytes(1, 1));

        // Then
        assertThat(written.encryption()).isEqualTo(new Encryption.SseS3());
    }
}
