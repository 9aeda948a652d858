package io.tidelock.deploy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void nothing_that_steers_a_terminal_is_left() {
        // Given
        var hostile = "a\u001b[2Jb\u001b]0;title\u0007c\nd\re\tf\u007fg\u009b1mh\u0085i\u2028j\u2029k";

        // When
        var plain = PlainText.line(hostile);

        // Then
        assertThat(plain).isEqualTo("a?[2Jb?]0;title?c?d?e?f?g?1mh?i?j?k");
    }

    @Test
    void nothing_turns_the_direction_of_writing() {
        assertThat(PlainText.line("a\u202ab\u202ec\u2066d\u2069e\u200ff")).isEqualTo("a?b?c?d?e?f");
    }

    @Test
    void letters_of_all_scripts_stay() {
        assertThat(PlainText.line("caf\u00e9 \u6f22\u5b57 \ud83d\ude00"))
                .isEqualTo("caf\u00e9 \u6f22\u5b57 \ud83d\ude00");
    }

    @Test
    void half_a_surrogate_pair_is_no_letter() {
        assertThat(PlainText.line("a\ud83d")).isEqualTo("a?");
    }

    @Test
    void lines_stay_lines() {
        assertThat(PlainText.lines("a\tb\n\u001bc")).isEqualTo("a\tb\n?c");
    }
}
