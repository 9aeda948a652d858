package io.tidelock.replicator.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.store.AclWrite;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.Precondition;
import io.tidelock.replicator.store.ReplicaWrite;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pairs of a writer in the encryption context, as the sandbox receives them. */
class EncryptionContextTest {
    @Test
    void rule_28_the_pairs_of_a_rule_go_with_every_kind_of_write() {
        try (var fixture = new SandboxFixture()) {
            // Given
            var store = fixture.store();
            var object = new ObjectKey(fixture.newBucket(Versioning.ENABLED), "a");
            var pairs = new TreeMap<>(Map.of("team", "photos \"raw\"", "stage", "live"));
            var write = write(object, fixture.kmsKeys().enabled(), pairs);
            var without = write(object, fixture.kmsKeys().enabled(), new TreeMap<>());

            // When
            var plain = store.put(without, new ByteArrayInputStream(new byte[9]));
            var put = store.put(write, new ByteArrayInputStream(new byte[9]));
            var copied = store.copy(new ObjectVersion(object, plain.id()), write);
            var upload = store.startUpload(write);
            var part = store.uploadPart(upload, 1, new ByteArrayInputStream(new byte[9]), 9);
            var uploaded = store.completeUpload(upload, List.of(part));

            // Then
            assertThat(fixture.contextOf(new ObjectVersion(object, plain.id()))).isEmpty();
            assertThat(List.of(put, copied, uploaded))
                    .allSatisfy(written -> assertThat(fixture.contextOf(new ObjectVersion(object, written.id()))
                                    .map(sent -> new String(Base64.getDecoder().decode(sent), UTF_8)))
                            .contains("{\"stage\":\"live\",\"team\":\"photos \\\"raw\\\"\"}"));
        }
    }

    private static ReplicaWrite write(ObjectKey object, String key, SortedMap<String, String> context) {
        return new ReplicaWrite(
                object,
                9,
                ContentHeaders.NONE,
                Map.of(),
                Map.of(),
                null,
                new Encryption.SseKms(key, false, false, context),
                AclWrite.DEFAULT,
                null,
                ObjectLock.NONE,
                new Precondition.Anything());
    }
}
