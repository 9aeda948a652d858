package io.tidelock.compliance.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.document.JsonDocument.Read;
import io.tidelock.compliance.document.JsonDocument.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentReaderTest {
    private final DocumentReader reader = DocumentReader.BUCKET_DOCUMENTS;

    @Test
    void a_document_keeps_its_raw_tree() {
        // When
        var document = reader.read("{\"b\":[1,true,\"x\"],\"a\":null,\"n\":1.20}");

        // Then
        assertThat(document).isInstanceOf(Read.class);
        assertThat(((Read) document).root()).hasToString("{\"b\":[1,true,\"x\"],\"a\":null,\"n\":1.20}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":2}", "{\"x\":{\"a\":1,\"\\u0061\":2}}", "[{\"Effect\":1,\"b\":2,\"Effect\":3}]"})
    void the_same_key_twice_is_refused_with_its_place(String text) {
        // When
        var document = reader.read(text);

        // Then
        assertThat(document).isInstanceOf(Unreadable.class);
        assertThat(((Unreadable) document).reason()).isEqualTo("the same key twice in one object");
        assertThat(((Unreadable) document).location()).startsWith("line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "{", "nul", "{\"a\":}", "'a'", "{a:1}", "1 2", "{} []", "\u0000", "[1,]", "NaN"})
    void what_is_not_one_json_document_is_unreadable(String text) {
        assertThat(reader.read(text)).isInstanceOf(Unreadable.class);
    }

    @Test
    void bounds_are_named_when_reached() {
        // Given
        var small = new DocumentReader(new DocumentBounds(100, 5, 20));

        // Then
        assertThat(small.read("[[[[[1]]]]]")).isInstanceOf(Read.class);
        assertThat(small.read("[[[[[[1]]]]]]")).isInstanceOf(Unreadable.class);
        assertThat(small.read("\"" + "x".repeat(21) + "\"")).isInstanceOf(Unreadable.class);
        assertThat(small.read(" ".repeat(101)))
                .isEqualTo(new Unreadable("longer than 100 bytes: 101", "document.bytesMax"));
        assertThat(small.read(" ".repeat(101).getBytes(StandardCharsets.UTF_8))).isInstanceOf(Unreadable.class);
        assertThat(reader.read("9".repeat(101))).isInstanceOf(Unreadable.class);
        assertThat(reader.read("[".repeat(1 << 20))).isInstanceOf(Unreadable.class);
        assertThat(reader.read("[1e1000000600000]")).isInstanceOf(Unreadable.class);
        assertThat(reader.read("[1e-99999999999]")).isInstanceOf(Unreadable.class);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        assertThat(reader.read(new byte[] {'"', (byte) 0xc3, '"'}))
                .isEqualTo(new Unreadable("not valid UTF-8", "document"));
        assertThat(reader.read("{\"k\":\"é\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Read.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void impossible_bounds_name_the_setting_and_the_value(int depth) {
        assertThatThrownBy(() -> new DocumentBounds(1, depth, 1))
                .hasMessage("document.depthMax must be 1 to 1000, was " + depth);
    }

    @Test
    void a_snapshots_member_has_one_of_four_states() {
        // Given
        var parent = JsonNodeFactory.instance.objectNode();
        parent.putNull("none");
        parent.putObject("denied").put("$unavailable", "AccessDenied");
        parent.putObject("there").put("Status", "Enabled");

        // Then
        assertThat(Collected.member(parent, "none")).isEqualTo(new Collected.NotConfigured<>());
        assertThat(Collected.member(parent, "absent")).isEqualTo(new Collected.NotCollected<>());
        assertThat(Collected.member(parent, "denied")).isEqualTo(new Collected.Unavailable<>("AccessDenied"));
        assertThat(Collected.member(parent, "there")).isInstanceOf(Collected.Known.class);
    }

    @Test
    void invisible_and_look_alike_characters_are_named() {
        assertThat(LookAlikes.in("arn:aws:iam::111122223333:root")).isEmpty();
        assertThat(LookAlikes.in("arn:aws:iam::111122223333:ro\u200bot")).isEqualTo(List.of("U+200B ZERO WIDTH SPACE"));
        assertThat(LookAlikes.in("\u0430rn")).isEqualTo(List.of("U+0430 CYRILLIC SMALL LETTER A"));
        assertThat(LookAlikes.in("*\u202e ")).containsExactly("U+202E RIGHT-TO-LEFT OVERRIDE", "U+0020 SPACE");
    }
}
