package io.tidelock.replicator.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegalXmlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Key>a b</Key>",
                "\t\r\n",
                "&amp;&#10;&#x9;&#xe9;&#128512;",
                "\u00e9\u65e5\ud83c\udf0a\ufffd",
                "&#;&#x;&#12x;"
            })
    void what_xml_can_hold_stays_as_it_is(String xml) {
        assertThat(LegalXml.legal(xml)).isEqualTo(xml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u0001",
                "\u001b",
                "\ufffe",
                "\uffff",
                "&#0;",
                "&#1;",
                "&#x1b;",
                "&#x1B;",
                "&#xFFFF;",
                "&#xD800;",
                "&#9999999;"
            })
    void what_xml_cannot_hold_is_replaced_and_the_rest_is_kept(String illegal) {
        assertThat(LegalXml.legal("<Key>a" + illegal + "b</Key>")).isEqualTo("<Key>a?b</Key>");
    }
}
