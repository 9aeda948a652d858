package io.tidelock.compliance.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "s3:*, s3:get*, true",
        "s3:get*, s3:*, false",
        "*, s3:*, true",
        "s3:**, s3:*, true",
        "s3:?*, s3:*, false",
        "b*, b/*, true",
        "b/*, b/p/*, true",
        "b/p/*, b/*, false",
        "b?t, bat, true",
        "bat, b?t, false"
    })
    void covers(String wide, String narrow, boolean expected) {
        assertThat(new Glob(wide).covers(new Glob(narrow))).isEqualTo(expected);
    }

    @Test
    void matching_agrees_with_regular_expressions_and_covering_and_overlapping_with_matching() {
        long seed = 20261123;
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            // Given
            var one = new Glob(text(random, "ab*?", 6));
            var other = new Glob(text(random, "ab*?", 6));
            String word = text(random, "ab", 6);

            // When
            boolean oneMatches = one.matches(word);
            boolean otherMatches = other.matches(word);

            // Then
            assertThat(oneMatches)
                    .as("seed %d: %s against %s", seed, one, word)
                    .isEqualTo(regex(one.pattern()).matcher(word).matches());
            if (otherMatches && one.covers(other)) {
                assertThat(oneMatches)
                        .as("seed %d: %s covers %s", seed, one, other)
                        .isTrue();
            }
            if (oneMatches && otherMatches) {
                assertThat(one.overlaps(other))
                        .as("seed %d: %s and %s", seed, one, other)
                        .isTrue();
            }
        }
    }

    private static String text(Random random, String alphabet, int lengthMax) {
        return random.ints(random.nextInt(lengthMax + 1), 0, alphabet.length())
                .mapToObj(at -> alphabet.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    private static Pattern regex(String glob) {
        return Pattern.compile(glob.replace("*", "[ab]*").replace("?", "[ab]"));
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:s3:::b/*, arn:aws:s3:::b/x:y/z, true",
        "arn:aws:s3:::b*, arn:aws:s3:::b/x, true",
        "arn:*:s3:::b, arn:aws-cn:s3:::b, true",
        "arn:aws:*:b, arn:aws:s3:::b, false",
        "*, arn:aws:s3:::b, true",
        "arn:aws:iam::*:role/r, arn:aws:iam::111122223333:role/r, true",
        "arn:aws:iam::1111*:root, arn:aws:iam::111122223333:root, true"
    })
    void arns_are_matched_part_by_part(String pattern, String arn, boolean expected) {
        assertThat(Arn.matches(pattern, arn)).isEqualTo(expected);
    }

    @Test
    void a_pattern_full_of_stars_takes_no_longer_than_its_length_times_the_texts() {
        // Given
        String stars = "*a".repeat(1000) + "b";
        String text = "a".repeat(2000);

        // Then
        assertThat(new Glob(stars).matches(text)).isFalse();
        assertThat(new Glob(stars).overlaps(new Glob("*c*a".repeat(400)))).isFalse();
    }
}
