package io.tidelock.replicator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Encryption;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketCheckTest {
    private static final Encryption PLAIN = new Encryption.None();

    private final InMemoryObjectStore store = new InMemoryObjectStore("lyon", "account-a", InstantSource.system());
    private final BucketCheck check = new BucketCheck(store);
    private final Bucket bucket = store.world().createBucket("replicas", Versioning.ENABLED);

    private List<StoreProblem> destination(Encryption encryption) {
        return check.destination(bucket, encryption, null, null);
    }

    @Test
    void a_good_bucket_has_no_problem_and_nothing_is_left_behind() {
        assertThat(check.source(bucket)).isEmpty();
        assertThat(destination(PLAIN)).isEmpty();
        assertThat(store.openUploads()).isZero();
        assertThat(store.world().keys(bucket)).isEmpty();
    }

    @Test
    void rule_19_a_bucket_without_versioning_is_named() {
        // Given
        store.world().versioning(bucket, Versioning.SUSPENDED);

        // When / Then
        assertThat(check.source(bucket)).singleElement().satisfies(problem -> {
            assertThat(problem.bucket()).isEqualTo("lyon/replicas");
            assertThat(problem.what()).contains("SUSPENDED");
            assertThat(problem.remedy()).isEqualTo("enable versioning on the bucket");
        });
    }

    @Test
    void a_bucket_that_does_not_exist_is_one_problem() {
        assertThat(check.destination(new Bucket("lyon", "none"), PLAIN, null, null))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("create the bucket"));
    }

    @Test
    void rule_27_a_key_that_is_unknown_or_disabled_is_named() {
        // Given
        store.world().kmsKey("arn:aws:kms:r:1:key/off", false);

        // When
        var unknown = destination(new Encryption.SseKms("arn:aws:kms:r:1:key/none", false, false));
        var disabled = destination(new Encryption.SseKms("arn:aws:kms:r:1:key/off", false, false));

        // Then
        assertThat(unknown)
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("ReplicaKmsKeyID"));
        assertThat(disabled)
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("enable the key"));
    }

    @ParameterizedTest
    @CsvSource({
        "GetBucketVersioning, s3:GetBucketVersioning",
        "ListObjectVersions, s3:ListBucketVersions",
        "HeadObject, s3:GetObjectVersion",
        "CreateMultipartUpload, s3:PutObject",
        "AbortMultipartUpload, s3:AbortMultipartUpload"
    })
    void rule_28_a_denied_permission_is_named(StoreCall denied, String permission) {
        // Given
        store.hook(StoreHook.failingBefore((call, _) -> call == denied
                ? Optional.of(new StoreException(StoreFailure.DENIED, call.name(), "AccessDenied", null))
                : Optional.empty()));

        // When / Then
        assertThat(destination(PLAIN)).singleElement().satisfies(problem -> {
            assertThat(problem.what()).contains(denied.name(), "AccessDenied");
            assertThat(problem.remedy()).startsWith("grant ").contains(permission);
        });
    }
}
