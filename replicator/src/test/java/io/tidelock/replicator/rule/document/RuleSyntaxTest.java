package io.tidelock.replicator.rule.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not even a document is refused before its elements are looked at. */
class RuleSyntaxTest {
    private static List<Problem> problems(RuleDocument document) {
        return document instanceof RuleDocument.Refused(var problems) ? problems : List.of();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"Rules\": {}}",
                "{\"Rules\": [1]}",
                "{\"Rules\": [], \"Rules\": []}",
                "{\"Rule\": [{}]}",
                "{\"Rules\": []} {}",
                "<ReplicationConfiguration/>"
            })
    void what_is_not_a_json_document_is_refused_with_its_place(String json) {
        assertThat(problems(RuleDocuments.fromJson(json, Leniency.NONE)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<Rules/>",
                "<ReplicationConfiguration>",
                "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><ReplicationConfiguration><Role>&e;</Role></ReplicationConfiguration>",
                "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><ReplicationConfiguration>&b;</ReplicationConfiguration>",
                "<ReplicationConfiguration>&unknown;</ReplicationConfiguration>",
                "<ReplicationConfiguration a=\"b\"/>",
                "<ReplicationConfiguration xmlns=\"urn:other\"/>",
                "<ReplicationConfiguration><a><b><c><d><e><f><g><h/></g></f></e></d></c></b></a></ReplicationConfiguration>"
            })
    void what_is_not_an_xml_document_is_refused_with_its_place(String xml) {
        assertThat(problems(RuleDocuments.fromXml(xml, Leniency.NONE)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.element()).isEqualTo("document"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"Rules": [}                                    | line 1, column 12: Unexpected close marker
        {"Rules": [                                     | (start marker at line: 1, column: 11)
        <!DOCTYPE r><ReplicationConfiguration/>         | line 1, column 13: a document type is not allowed
        <ReplicationConfiguration>&unknown;             | line 1, column 36:
        {"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a": 1}}}}}}}}}}}}}}}}} | lies deeper than 16 levels
        """)
    void a_syntax_is_refused_in_plain_words(String text, String expected) {
        // When
        var document = text.startsWith("<")
                ? RuleDocuments.fromXml(text, Leniency.NONE)
                : RuleDocuments.fromJson(text, Leniency.NONE);

        // Then
        assertThat(problems(document))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason())
                        .contains(expected)
                        .doesNotContain("Message:", "[Source", "REDACTED", "StreamRead"));
    }
}
