package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Checksum;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.HeadAnswer;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which checksums the sandbox, as strict as S3, takes and keeps of uploads in parts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadChecksumsTest {
    private static final byte[] BODY = "123456789".getBytes(US_ASCII);
    /** The check value of CRC64NVME, of "123456789" (catalogue of parametrised CRC algorithms: CRC-64/NVME). */
    private static final Checksum CRC64 = new Checksum("CRC64NVME", "rosUhgp5mIg=", false);

    private SandboxFixture fixture;

    @BeforeAll
    void started() {
        fixture = new SandboxFixture();
    }

    @AfterAll
    void closed() {
        fixture.close();
    }

    @Test
    void the_whole_of_an_upload_keeps_its_CRC64NVME() {
        // Given
        var object = new ObjectKey(fixture.newBucket(Versioning.ENABLED), "a");

        // When
        var head = upload(write(object, ObjectLock.NONE, false));

        // Then
        assertThat(head.checksum()).isEqualTo(CRC64);
    }

    @Test
    void rule_36_parts_of_a_locked_version_carry_a_checksum_though_its_whole_has_CRC64NVME() {
        // Given
        var object = new ObjectKey(fixture.newLockableBucket(), "a");
        var lock = new ObjectLock(
                "GOVERNANCE", Instant.now().plus(Duration.ofDays(1)).truncatedTo(SECONDS), false);

        // When
        var head = upload(write(object, lock, false));

        // Then
        assertThat(head.lock()).isEqualTo(lock);
    }

    @Test
    void rule_36_parts_of_a_version_that_its_bucket_retains_by_default_carry_a_checksum_as_well() {
        // Given
        var bucket = retaining();
        var facts = fixture.store().inspect(bucket);

        // When
        var head = upload(write(new ObjectKey(bucket, "a"), ObjectLock.NONE, facts.retainsByDefault()));

        // Then
        assertThat(head.lock().mode()).isEqualTo("GOVERNANCE");
    }

    @Test
    void rule_36_only_a_default_retention_says_that_a_bucket_retains_by_default() {
        // Given
        var lockable = fixture.newLockableBucket();

        // When
        var facts = fixture.store().inspect(lockable);

        // Then
        assertThat(facts.objectLock()).isTrue();
        assertThat(facts.retainsByDefault()).isFalse();
        assertThat(fixture.store().inspect(retaining()).retainsByDefault()).isTrue();
    }

    private Bucket retaining() {
        var bucket = fixture.newLockableBucket();
        fixture.user().setDefaultRetention(bucket, 3);
        return bucket;
    }

    private ObjectHead upload(ReplicaWrite write) {
        var store = fixture.store();
        var upload = store.startUpload(write);
        var part = store.uploadPart(upload, 1, new ByteArrayInputStream(BODY), BODY.length);
        var written = store.completeUpload(upload, List.of(part));
        var answer = store.head(new ObjectVersion(write.destination(), written.id()));
        return ((HeadAnswer.Present) answer).head();
    }

    private static ReplicaWrite write(ObjectKey object, ObjectLock lock, boolean retained) {
        return new ReplicaWrite(
                object,
                BODY.length,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.None(),
                AclWrite.DEFAULT,
                CRC64,
                lock,
                retained,
                new Precondition.Anything());
    }
}
