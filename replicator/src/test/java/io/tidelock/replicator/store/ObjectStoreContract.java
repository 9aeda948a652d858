package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every contract of the port stands on. One server serves all tests of a class; each test has its own bucket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ContractExclusions.class)
public abstract class ObjectStoreContract {
    /** Smallest part that S3 takes, except for the last. */
    protected static final int PART_BYTES = 5 * 1024 * 1024;

    protected Bucket bucket = new Bucket("none", "none");

    /** The server under test; the same one for all tests of the class. */
    protected abstract StoreFixture fixture();

    @BeforeEach
    void aVersionedBucket() {
        bucket = fixture().newBucket(Versioning.ENABLED);
    }

    protected final ObjectStore store() {
        return fixture().store();
    }

    protected final ObjectKey key(String key) {
        return new ObjectKey(bucket, key);
    }

    protected static byte[] bytes(int seed, int length) {
        var bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A write with nothing special about it. */
    protected static ReplicaWrite plain(ObjectKey destination, long sizeBytes) {
        return write(destination, sizeBytes, new Precondition.Anything());
    }

    protected static ReplicaWrite write(ObjectKey destination, long sizeBytes, Precondition precondition) {
        return PlainWrite.of(destination, sizeBytes).with(precondition);
    }

    protected static ReplicaWrite encrypted(ObjectKey destination, long sizeBytes, Encryption encryption) {
        return new ReplicaWrite(
                destination,
                sizeBytes,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                encryption,
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    protected static ReplicaWrite decorated(
            ObjectKey destination,
            long sizeBytes,
            ContentHeaders content,
            Map<String, String> metadata,
            Map<String, String> tags) {
        return new ReplicaWrite(
                destination,
                sizeBytes,
                content,
                metadata,
                tags,
                null,
                new Encryption.None(),
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }

    protected final Written put(ObjectKey object, byte[] body) {
        return put(plain(object, body.length), body);
    }

    protected final Written put(ReplicaWrite write, byte[] body) {
        return store().put(write, new ByteArrayInputStream(body));
    }

    /** As a replica is copied within a store: by the store itself, or by reading and writing where it cannot. */
    protected final Written copy(ObjectVersion source, @Nullable String ifMatch, ReplicaWrite write) {
        if (store().capabilities().copiesWhole()) {
            return store().copy(source, ifMatch, write);
        }
        try (var open = store().open(source, null, ifMatch)) {
            return store().put(write, open.body());
        }
    }

    protected final Written copy(ObjectVersion source, ReplicaWrite write) {
        return copy(source, null, write);
    }

    /** A part of one, in the same way. */
    protected final Multipart.Part copyPart(
            Multipart.Upload upload, int number, ObjectVersion source, @Nullable String ifMatch, ByteRange range) {
        if (store().capabilities().copiesWhole()) {
            return store().copyPart(upload, number, source, ifMatch, range);
        }
        try (var open = store().open(source, range, ifMatch)) {
            return store().uploadPart(upload, number, open.body(), range.lengthBytes());
        }
    }

    protected final ObjectHead present(ObjectVersion version) {
        return ((HeadAnswer.Present) store().head(version)).head();
    }

    protected final ObjectHead present(ObjectKey object) {
        return ((HeadAnswer.Present) store().head(object)).head();
    }

    protected final byte[] read(ObjectKey object, VersionId id) {
        return read(new ObjectVersion(object, id), null);
    }

    protected final byte[] read(ObjectVersion version, @Nullable ByteRange range) {
        try (var open = store().open(version, range, null)) {
            var body = open.body().readAllBytes();
            assertThat(body.length).isEqualTo(open.lengthBytes());
            return body;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    protected static void assertFails(StoreFailure failure, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
