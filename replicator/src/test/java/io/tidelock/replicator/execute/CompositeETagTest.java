package io.tidelock.replicator.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ContentHeaders;
import io.tidelock.domain.Encryption;
import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.ObjectLock;
import io.tidelock.domain.ObjectVersion;
import io.tidelock.domain.VersionId;
import io.tidelock.replicator.store.Digests;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.Multipart.Told;
import io.tidelock.replicator.store.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompositeETagTest {
    private static final PartPlan PLAN = new PartPlan(13, 5);
    private static final ObjectHead HEAD = head(eTag("hello", "hello", "you"), new Encryption.SseS3());

    private final List<Integer> asked = new ArrayList<>();
    private final List<String> excuses = new ArrayList<>();
    private boolean excused;

    private CompositeETag proof(Told... source) {
        return new CompositeETag(
                HEAD,
                PLAN,
                number -> {
                    asked.add(number);
                    return source.length == 0 ? Optional.empty() : Optional.of(source[number - 1]);
                },
                actual -> {
                    excuses.add(actual);
                    return excused;
                });
    }

    private CompositeETag evenProof() {
        return proof(new Told(5, 3), new Told(5, 3), new Told(3, 3));
    }

    private static void send(CompositeETag proof, int number, String bytes) {
        sendTo(proof, number, bytes, Digests.eTag(bytes.getBytes(UTF_8)));
    }

    private static void sendTo(CompositeETag proof, int number, String bytes, String eTag) {
        try (var body = proof.reading(new ByteArrayInputStream(bytes.getBytes(UTF_8)), number, bytes.length())) {
            body.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        proof.sent(new Part(number, eTag, ""));
    }

    private static Part earlier(int number, String bytes) {
        return new Part(number, Digests.eTag(bytes.getBytes(UTF_8)), "");
    }

    private static void assertRefuses(CompositeETag proof) {
        assertThatExceptionOfType(SidedException.class)
                .isThrownBy(() -> proof.require(List.of()))
                .satisfies(refused -> {
                    assertThat(refused.side()).isEqualTo(Side.SOURCE);
                    assertThat(refused.refusal().failure()).isEqualTo(StoreFailure.CHECKSUM_MISMATCH);
                });
    }

    @Test
    void parts_that_come_to_the_etag_pass_and_nothing_is_asked() {
        // Given
        var proof = proof();
        send(proof, 2, "hello");
        send(proof, 3, "you");
        send(proof, 1, "hellO");
        send(proof, 1, "hello"); // a part that was tried again

        // When
        proof.require(List.of());

        // Then
        assertThat(asked).isEmpty();
        assertThat(proof.doubtful()).isEmpty();
    }

    @Test
    void another_byte_is_refused_where_the_source_was_cut_alike() {
        // Given
        var proof = evenProof();
        send(proof, 1, "hello");
        send(proof, 2, "hellO");
        send(proof, 3, "you");

        // When / Then
        assertRefuses(proof);
        assertThat(asked).containsExactly(2);
        assertThat(excuses).containsExactly(eTag("hello", "hellO", "you"));
    }

    @Test
    void a_source_that_was_cut_otherwise_or_does_not_tell_shows_nothing() {
        for (var proof : List.of(proof(), proof(new Told(5, 3), new Told(6, 3), new Told(2, 3)))) {
            // Given
            send(proof, 1, "hello");
            send(proof, 2, "hellO");
            send(proof, 3, "you");

            // When / Then
            assertThatCode(() -> proof.require(List.of())).doesNotThrowAnyException();
        }
        assertThat(excuses).isEmpty();
    }

    @Test
    void an_etag_that_is_excused_shows_nothing() {
        // Given
        excused = true;
        var proof = evenProof();
        send(proof, 1, "hello");
        send(proof, 2, "hellO");
        send(proof, 3, "you");

        // When / Then
        assertThatCode(() -> proof.require(List.of())).doesNotThrowAnyException();
    }

    @Test
    void parts_that_were_sent_earlier_are_judged_by_their_etags_and_never_excused() {
        // Given
        excused = true;
        var right = evenProof();
        var wrong = evenProof();

        // When
        var taken = right.takesOver(earlier(1, "hello")) && wrong.takesOver(earlier(1, "hellO"));
        for (var proof : List.of(right, wrong)) {
            send(proof, 2, "hello");
            send(proof, 3, "you");
        }

        // Then
        assertThat(taken).isTrue();
        assertThat(right.doubtful()).isEmpty();
        assertThatCode(() -> right.require(List.of())).doesNotThrowAnyException();
        assertRefuses(wrong);
    }

    @Test
    void earlier_parts_are_doubtful_where_the_etags_of_others_are_no_md5s() {
        // Given
        var proof = evenProof();
        var taken = proof.takesOver(new Part(1, "00000000000000000000000000000000", ""));
        sendTo(proof, 2, "hello", "11111111111111111111111111111111");
        sendTo(proof, 3, "you", "22222222222222222222222222222222");

        // When
        var doubtful = proof.doubtful();

        // Then
        assertThat(taken).isTrue();
        assertThat(doubtful).containsExactly(1);
        sendTo(proof, 1, "hello", "00000000000000000000000000000000");
        assertThat(proof.doubtful()).isEmpty();
        assertThatCode(() -> proof.require(List.of())).doesNotThrowAnyException();
    }

    @Test
    void an_earlier_part_whose_etag_cannot_be_an_md5_is_sent_again() {
        assertThat(evenProof().takesOver(new Part(1, "opaque", ""))).isFalse();
    }

    @Test
    void only_an_etag_of_that_form_without_a_key_of_kms_or_the_caller_tells_of_parts() {
        var eTag = "0123456789abcdef0123456789abcdef-12";
        assertThat(CompositeETag.parts(head(eTag, new Encryption.None()))).hasValue(12);
        assertThat(CompositeETag.parts(head(eTag, new Encryption.SseS3()))).hasValue(12);
        assertThat(CompositeETag.parts(head(eTag, new Encryption.SseKms("key", false, false))))
                .isEmpty();
        assertThat(CompositeETag.parts(head(eTag, new Encryption.SseC("key")))).isEmpty();
        for (var other : List.of(
                "0123456789abcdef0123456789abcdef",
                "0123456789ABCDEF0123456789ABCDEF-2",
                "abc-2",
                "0123456789abcdef0123456789abcdef-0")) {
            assertThat(CompositeETag.parts(head(other, new Encryption.None()))).isEmpty();
        }
    }

    private static String eTag(String... parts) {
        return Digests.eTagOfParts(
                Stream.of(parts).map(part -> part.getBytes(UTF_8)).toList());
    }

    private static ObjectHead head(String eTag, Encryption encryption) {
        return new ObjectHead(
                new ObjectVersion(new ObjectKey(new Bucket("s", "b"), "k"), new VersionId("v")),
                13,
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
}
