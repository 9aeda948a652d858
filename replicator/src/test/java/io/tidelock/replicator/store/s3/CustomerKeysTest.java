package io.tidelock.replicator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Versions under SSE-C, read and written by stores that have their key and by one that has not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerKeysTest {
    private static final CustomerKey OTHER = key(1);
    private static final CustomerKey KEY = key(2);
    private static final int PART_BYTES = 5 << 20;

    private final SandboxFixture fixture = new SandboxFixture();
    private final S3ObjectStore store = new S3ObjectStore(with(List.of(OTHER, KEY)));
    private final S3ObjectStore keyless = new S3ObjectStore(with(List.of()));
    private final S3ObjectStore mistaken = new S3ObjectStore(with(List.of(OTHER)));
    private Bucket bucket = new Bucket("none", "none");

    private static CustomerKey key(int seed) {
        var bytes = new byte[CustomerKey.KEY_BYTES];
        new Random(seed).nextBytes(bytes);
        return new CustomerKey(Base64.getEncoder().encodeToString(bytes));
    }

    private S3Settings with(List<CustomerKey> keys) {
        var plain = fixture.settings(SandboxFixture.ownerKeys());
        return new S3Settings(
                plain.name(),
                plain.vendor(),
                plain.region(),
                plain.endpoint(),
                plain.account(),
                plain.pathStyle(),
                plain.payloadSigned(),
                plain.credentials(),
                keys,
                plain.connectionsMax(),
                plain.connectTimeout(),
                plain.answerTimeout(),
                plain.writeTimeout(),
                plain.budget());
    }

    @BeforeEach
    void aBucket() {
        bucket = fixture.newBucket(Versioning.ENABLED);
    }

    @AfterAll
    void close() {
        store.close();
        keyless.close();
        mistaken.close();
        fixture.close();
    }

    private ReplicaWrite write(String key, long sizeBytes) {
        return new ReplicaWrite(
                new ObjectKey(bucket, key),
                sizeBytes,
                ContentHeaders.NONE,
                Map.of("n", "v"),
                Map.of(),
                null,
                new Encryption.SseC(KEY.md5()),
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    private ObjectVersion put(String key, byte[] body) {
        return new ObjectVersion(
                new ObjectKey(bucket, key),
                store.put(write(key, body.length), new ByteArrayInputStream(body))
                        .id());
    }

    private ObjectHead head(ObjectVersion version) {
        return ((HeadAnswer.Present) store.head(version)).head();
    }

    private byte[] read(ObjectVersion version) throws IOException {
        try (var open = store.open(version, null, null)) {
            return open.body().readAllBytes();
        }
    }

    @Test
    void rule_29_a_version_is_read_with_the_one_of_the_stores_keys_that_opens_it() throws IOException {
        // When
        var version = put("a", new byte[] {1, 2, 3});

        // Then
        assertThat(head(version).encryption()).isEqualTo(new Encryption.SseC(KEY.md5()));
        assertThat(read(version)).containsExactly(1, 2, 3);
    }

    @Test
    void rule_29_without_its_key_nothing_is_told_of_a_version() {
        // Given
        var version = put("a", new byte[3]);

        // When / Then
        for (var other : List.of(keyless, mistaken)) {
            assertThatThrownBy(() -> other.head(version))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.failure()).isEqualTo(StoreFailure.CUSTOMER_KEY_NEEDED));
        }
    }

    @Test
    void rule_29_a_write_with_a_key_that_the_store_was_not_given_is_refused_before_it_is_sent() {
        assertThatThrownBy(() -> keyless.put(write("a", 0), new ByteArrayInputStream(new byte[0])))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.CUSTOMER_KEY_NEEDED))
                .hasMessageContaining(KEY.md5());
    }

    @Test
    void rule_29_parts_and_copies_are_under_the_key_as_well() throws IOException {
        // Given
        var bytes = new byte[PART_BYTES + 7];
        new Random(3).nextBytes(bytes);
        var source = put("a", bytes);
        var upload = store.startUpload(write("b", bytes.length));

        // When
        var first = store.uploadPart(upload, 1, new ByteArrayInputStream(Arrays.copyOf(bytes, PART_BYTES)), PART_BYTES);
        var second = store.copyPart(upload, 2, source, new ByteRange(PART_BYTES, 7));
        var joined = new ObjectVersion(
                new ObjectKey(bucket, "b"),
                store.completeUpload(upload, List.of(first, second)).id());
        var copied = new ObjectVersion(
                new ObjectKey(bucket, "c"),
                store.copy(source, write("c", bytes.length)).id());

        // Then
        for (var version : List.of(joined, copied)) {
            assertThat(head(version).encryption()).isEqualTo(new Encryption.SseC(KEY.md5()));
            assertThat(read(version)).isEqualTo(bytes);
        }
    }

    @Test
    void keys_are_checked_and_never_shown() {
        assertThatThrownBy(() -> new CustomerKey("short")).hasMessageContaining("stores.customerKeys");
        assertThatThrownBy(() -> new CustomerKey("AAAA")).hasMessageContaining("32 bytes");
        assertThat(with(List.of(KEY)).toString()).contains(KEY.md5()).doesNotContain(KEY.base64());
    }
}
