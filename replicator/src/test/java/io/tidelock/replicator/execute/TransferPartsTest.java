package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferPartsTest {
    private static final String HELLO_MD5 = "5d41402abc4b2a76b9719d911017c592";

    private static ObjectHead head(long size, String eTag, Encryption encryption) {
        return new ObjectHead(
                new ObjectVersion(new ObjectKey(new Bucket("s", "b"), "k"), new VersionId("v")),
                size,
                eTag,
                Instant.EPOCH,
                ContentHeaders.NONE,
                Map.of(),
                0,
                "STANDARD",
                encryption,
                null,
                null,
                null,
                false,
                ObjectLock.NONE);
    }

    @Test
    void parts_cover_every_byte_once_and_never_exceed_ten_thousand() {
        var random = new Random(42);
        for (var i = 0; i < 1_000; i++) {
            // Given
            var size = 1 + random.nextLong(50L << 40);
            var wished = TransferSettings.PART_BYTES_MIN + random.nextLong(1L << 30);

            // When
            var plan = PartPlan.of(size, wished);

            // Then
            assertThat(plan.parts()).as("size %d, wished %d", size, wished).isBetween(1, PartPlan.PARTS_MAX);
            assertThat(plan.partBytes()).isGreaterThanOrEqualTo(wished);
            var last = plan.range(plan.parts());
            assertThat(last.offset() + last.lengthBytes()).isEqualTo(size);
            if (plan.parts() > 1) {
                var before = plan.range(plan.parts() - 1);
                assertThat(before.offset() + before.lengthBytes()).isEqualTo(last.offset());
            }
        }
    }

    @Test
    void parts_are_cut_as_those_of_the_source_where_they_are_of_one_size_and_not_too_large() {
        var mib = 1L << 20;
        assertThat(PartPlan.like(List.of(6 * mib, 6 * mib, 5L), 12 * mib + 5, 64 * mib))
                .contains(new PartPlan(12 * mib + 5, 6 * mib));
        assertThat(PartPlan.like(List.of(64 * mib), 64 * mib, 64 * mib)).contains(new PartPlan(64 * mib, 64 * mib));
        assertThat(PartPlan.like(List.of(3L), 3, 64 * mib)).contains(new PartPlan(3, 3));
    }

    @Test
    void a_source_of_odd_parts_is_cut_as_the_settings_say() {
        var mib = 1L << 20;
        assertThat(PartPlan.like(List.of(), 12 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(List.of(6 * mib, 7 * mib), 13 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(List.of(6 * mib, 6 * mib), 13 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(List.of(65 * mib, mib), 66 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(List.of(mib, mib), 2 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(List.of(0L), 1, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(List.of(0L), 0, 64 * mib)).isEmpty();
    }

    @Test
    void the_first_part_and_how_many_there_are_say_how_a_source_can_have_been_cut() {
        var mib = 1L << 20;
        assertThat(PartPlan.like(6 * mib, 3, 12 * mib + 5, 64 * mib)).contains(new PartPlan(12 * mib + 5, 6 * mib));
        assertThat(PartPlan.like(3, 1, 3, 64 * mib)).contains(new PartPlan(3, 3));
        assertThat(PartPlan.like(6 * mib, 2, 12 * mib + 5, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(6 * mib, 4, 12 * mib + 5, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(65 * mib, 2, 66 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(mib, 12, 12 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(5 * mib, 10_001, 50_005 * mib, 64 * mib)).isEmpty();
        assertThat(PartPlan.like(0, 1, 0, 64 * mib)).isEmpty();
    }

    @Test
    void a_body_that_is_what_its_etag_says_passes() throws IOException {
        // Given
        var body = CheckedBody.ofWhole(
                new ByteArrayInputStream("hello".getBytes(UTF_8)), head(5, HELLO_MD5, new Encryption.SseS3()));

        // When / Then
        assertThat(body.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void a_corrupted_body_fails_before_its_last_byte_is_handed_on() {
        // Given
        var body = CheckedBody.ofWhole(
                new ByteArrayInputStream("hellO".getBytes(UTF_8)), head(5, HELLO_MD5, new Encryption.None()));
        var seen = new ArrayList<Integer>();

        // When / Then
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> {
                    for (var one = body.read(); one >= 0; one = body.read()) {
                        seen.add(one);
                    }
                })
                .withCauseInstanceOf(StoreException.class)
                .withMessageContaining(HELLO_MD5);
        assertThat(seen).hasSize(4);
    }

    @Test
    void a_body_of_another_length_fails() {
        for (var size : new long[] {4, 6}) {
            // Given
            var body = CheckedBody.ofPart(new ByteArrayInputStream("hello".getBytes(UTF_8)), size);

            // When / Then
            assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
        }
    }

    @Test
    void an_etag_that_is_no_md5_is_not_compared() throws IOException {
        for (var head : List.of(
                head(5, "00000000000000000000000000000000-2", new Encryption.None()),
                head(5, "00000000000000000000000000000000", new Encryption.SseKms("key", false, false)))) {
            // Given
            var body = CheckedBody.ofWhole(new ByteArrayInputStream("hello".getBytes(UTF_8)), head);

            // When / Then
            assertThat(body.readAllBytes()).hasSize(5);
        }
    }

    @Test
    void waits_grow_up_to_their_bound_and_are_spread_over_all_of_it() {
        // Given
        var backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));

        // When
        var first = new ArrayList<Long>();
        var tenth = new ArrayList<Long>();
        for (var i = 0; i < 1_000; i++) {
            first.add(backoff.after(1).toMillis());
            tenth.add(backoff.after(1_000).toMillis());
        }

        // Then
        assertThat(first)
                .allMatch(wait -> wait <= 100)
                .anyMatch(wait -> wait < 10)
                .anyMatch(wait -> wait > 90);
        assertThat(tenth)
                .allMatch(wait -> wait <= 5_000)
                .anyMatch(wait -> wait < 500)
                .anyMatch(wait -> wait > 4_500);
    }

    @Test
    void settings_name_what_is_wrong_with_them() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransferSettings(1, 8 << 20, 1, 8 << 20))
                .withMessageContaining("replicator.multipartThresholdBytes")
                .withMessageContaining("was 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TransferSettings(8 << 20, 8 << 20, 0, 8 << 20))
                .withMessageContaining("replicator.partsInFlightMax");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetrySettings(Duration.ofSeconds(2), Duration.ofSeconds(1), 1, 1))
                .withMessageContaining("replicator.retry.delayMax");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ExecuteSettings(TransferSettings.DEFAULT, RetrySettings.DEFAULT, Duration.ofMinutes(1), 0))
                .withMessageContaining("replicator.ownerCheckEvery");
    }

    @Test
    void work_that_was_let_go_does_not_wait() {
        // Given
        var leash = new Leash();
        leash.letGo();

        // When / Then
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> leash.sleep(Duration.ofDays(1)));
    }
}
