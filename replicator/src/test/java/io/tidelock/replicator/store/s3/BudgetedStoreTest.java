package io.tidelock.replicator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.budget.BudgetSettings;
import io.tidelock.replicator.budget.RuleCharge;
import io.tidelock.replicator.store.BucketFacts.Versioning;
import io.tidelock.replicator.store.ByteRange;
import io.tidelock.replicator.store.PlainWrite;
import io.tidelock.replicator.store.ReplicaWrite;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a store's requests and bytes cost, against what the server saw. */
class BudgetedStoreTest {
    private static final int SIZE = 200_000;
    private static final SandboxFixture FIXTURE = new SandboxFixture();

    private final Budget budget = unlimited();
    private final S3Settings settings = FIXTURE.settings(SandboxFixture.ownerKeys());
    private final ObjectKey key = new ObjectKey(FIXTURE.newBucket(Versioning.ENABLED), "a/key");

    @AfterAll
    static void stop() {
        FIXTURE.close();
    }

    private static Budget unlimited() {
        return new Budget(BudgetSettings.NONE, InstantSource.system());
    }

    private ReplicaWrite plain() {
        return PlainWrite.of(key, SIZE);
    }

    private static byte[] bytes() {
        var bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void every_request_that_the_server_saw_was_paid_for() {
        try (var store = new S3ObjectStore(settings, budget);
                var pages = new S3VersionPages(settings, budget)) {
            // Given
            FIXTURE.counts().reset();

            // When
            var written = store.put(plain(), new ByteArrayInputStream(bytes()));
            store.head(key);
            store.stack(key);
            store.inspect(key.bucket());
            store.tags(new ObjectVersion(key, written.id()));
            pages.page(key.bucket(), "", null);

            // Then
            assertThat(budget.requestsSpent())
                    .as("%s", FIXTURE.counts().byOperation())
                    .isEqualTo(FIXTURE.counts().total())
                    .isGreaterThanOrEqualTo(9);
        }
    }

    @Test
    void bytes_are_paid_for_in_both_directions_and_a_rule_pays_for_those_that_are_read() throws IOException {
        try (var store = new S3ObjectStore(settings, budget)) {
            // Given
            var rule = unlimited();

            // When
            var written =
                    RuleCharge.call(Optional.of(rule), () -> store.put(plain(), new ByteArrayInputStream(bytes())));
            var sent = budget.bytesSpent();
            var readForRule = rule.bytesSpent();
            var read = RuleCharge.call(Optional.of(rule), () -> {
                try (var open =
                        store.open(new ObjectVersion(key, written.id()), new ByteRange(0, SIZE / 2), written.eTag())) {
                    return open.body().readAllBytes();
                }
            });

            // Then
            assertThat(read).hasSize(SIZE / 2);
            assertThat(sent).as("chunks have headers").isBetween((long) SIZE, SIZE + 10_000L);
            assertThat(readForRule).isZero();
            assertThat(budget.bytesSpent() - sent).isEqualTo(SIZE / 2);
            assertThat(rule.bytesSpent()).isEqualTo(SIZE / 2);
            assertThat(rule.requestsSpent()).isEqualTo(2);
        }
    }

    @Test
    void whoever_is_interrupted_while_waiting_for_the_budget_sends_nothing() {
        var one = new Budget(new BudgetSettings(OptionalLong.of(1), OptionalLong.empty()), InstantSource.system());
        try (var store = new S3ObjectStore(settings, one)) {
            // Given
            FIXTURE.counts().reset();
            store.head(key);

            // When / Then
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.head(key))
                    .matches(e -> e.failure() == StoreFailure.UNAVAILABLE);
            assertThat(Thread.interrupted()).as("the lane sees it as well").isTrue();
            assertThat(FIXTURE.counts().total()).isEqualTo(1);
        }
    }
}
