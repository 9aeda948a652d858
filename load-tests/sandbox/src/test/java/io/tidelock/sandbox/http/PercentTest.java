package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
    @Test
    void what_was_encoded_is_decoded_again() {
        // Given
        var random = new Random(3);
        for (var round = 0; round < 2_000; round++) {
            var text = random.ints(random.nextInt(20), 1, Character.MAX_CODE_POINT)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            // Then
            assertThat(Percent.decode(Percent.encode(text), true)).isEqualTo(text);
        }
    }

    @Test
    void a_plus_is_a_space_in_a_query_only() {
        assertThat(Percent.decode("a+b%2B", true)).isEqualTo("a b+");
        assertThat(Percent.decode("a+b%2B", false)).isEqualTo("a+b+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%GG", "%FF", "a%C3"})
    void what_is_no_utf_8_is_refused(String raw) {
        // When
        var refused = catchThrowableOfType(Refusal.class, () -> Percent.decode(raw, false));
        // Then
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_URI);
    }

    @Test
    void a_bucket_is_found_in_path_or_host() {
        assertThat(Target.parse("127.0.0.1:9000", "/bucket/a/b", ""))
                .extracting(Target::bucket, Target::key)
                .containsExactly("bucket", "a/b");
        assertThat(Target.parse("localhost:9000", "/bucket", ""))
                .extracting(Target::bucket, Target::key)
                .containsExactly("bucket", "");
        assertThat(Target.parse("b.c.s3.eu-west-3.localhost:9000", "/a/b", ""))
                .extracting(Target::bucket, Target::key)
                .containsExactly("b.c", "a/b");
        assertThat(Target.parse("s3.eu-west-3.localhost", "/bucket/key", ""))
                .extracting(Target::bucket, Target::key)
                .containsExactly("bucket", "key");
        assertThat(Target.parse("bucket.localhost", "/", ""))
                .extracting(Target::bucket, Target::key)
                .containsExactly("bucket", "");
    }
}
