package io.tidelock.ingest.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFieldsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"a":1,"a":2} | $: line 1, column 12: the field 'a' stands more than once
        {"a":1} {}    | $: line 1, column 9: something stands after the document's end
        {"a":1        | (start marker at line: 1, column: 1)
        {"a":}        | $: line 1, column 6: Unexpected character
        """)
    void what_is_no_json_is_refused_in_plain_words_with_its_place(String text, String expected) {
        assertRefused(text, expected);
    }

    @Test
    void what_lies_too_deep_is_refused_in_plain_words() {
        assertRefused("{\"a\":".repeat(40), "$ lies deeper than 32 levels");
    }

    private static void assertRefused(String text, String expected) {
        // When
        var refused = catchThrowableOfType(
                FlawException.class, () -> JsonFields.parse(text.getBytes(StandardCharsets.UTF_8), 1_000, "$"));

        // Then
        assertThat(refused)
                .hasMessageContaining(expected)
                .message()
                .doesNotContain("[Source", "REDACTED", "Feature", "FAIL_ON", "StreamRead");
    }
}
