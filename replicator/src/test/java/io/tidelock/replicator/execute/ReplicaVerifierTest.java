package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Encryption;
import io.tidelock.replicator.store.Capabilities;
import org.junit.jupiter.api.Test;

/** Whether a replica is encrypted as it was asked for. */
class ReplicaVerifierTest {
    private static final Capabilities STORE = new Capabilities(true, true, true, true, true, true, true);
    private static final Capabilities WITHOUT_SSE_S3 = new Capabilities(true, true, true, true, false, true, true);
    private static final Encryption KMS = new Encryption.SseKms("arn:aws:kms:x:1:key/a", false, false);
    private static final Encryption DSSE = new Encryption.SseKms("arn:aws:kms:x:1:key/a", true, false);

    private static boolean isEncrypted(Encryption asked, Encryption got) {
        return ReplicaVerifier.isEncrypted(asked, STORE, got);
    }

    @Test
    void rule_25_what_was_to_be_encrypted_and_is_not_differs() {
        assertThat(isEncrypted(new Encryption.SseS3(), new Encryption.SseS3())).isTrue();
        assertThat(isEncrypted(new Encryption.SseS3(), new Encryption.None())).isFalse();
        assertThat(isEncrypted(KMS, new Encryption.SseS3())).isFalse();
    }

    @Test
    void rule_25_a_store_that_is_known_not_to_have_sse_s3_is_not_held_to_it() {
        assertThat(ReplicaVerifier.isEncrypted(new Encryption.SseS3(), WITHOUT_SSE_S3, new Encryption.None()))
                .isTrue();
        assertThat(ReplicaVerifier.isEncrypted(KMS, WITHOUT_SSE_S3, new Encryption.None()))
                .isFalse();
    }

    @Test
    void rule_25_what_is_not_encrypted_gets_what_its_bucket_does_by_default() {
        assertThat(isEncrypted(new Encryption.None(), KMS)).isTrue();
        assertThat(isEncrypted(new Encryption.None(), new Encryption.None())).isTrue();
    }

    @Test
    void rule_26_one_layer_of_kms_is_not_two() {
        assertThat(isEncrypted(DSSE, DSSE)).isTrue();
        assertThat(isEncrypted(DSSE, KMS)).isFalse();
    }
}
