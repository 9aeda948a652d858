package io.tidelock.replicator.rule.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class RuleDocumentsFuzzTest {
    private static final Leniency LENIENT = new Leniency(true, true);

    @FuzzTest(maxDuration = "60s")
    void json_of_any_kind_becomes_rules_or_problems(FuzzedDataProvider data) {
        judge(RuleDocuments.fromJson(data.consumeRemainingAsString(), LENIENT));
    }

    @FuzzTest(maxDuration = "60s")
    void xml_of_any_kind_becomes_rules_or_problems(FuzzedDataProvider data) {
        judge(RuleDocuments.fromXml(data.consumeRemainingAsString(), LENIENT));
    }

    private static void judge(RuleDocument document) {
        switch (document) {
            case RuleDocument.Parsed meant -> {
                var text = DocumentText.document(meant.rules()).toString();
                assertThat(RuleDocuments.fromJson(text, LENIENT))
                        .isInstanceOfSatisfying(
                                RuleDocument.Parsed.class,
                                parsed -> assertThat(parsed.rules()).hasSameSizeAs(meant.rules()));
            }
            case RuleDocument.Refused(var problems) ->
                assertThat(problems)
                        .isNotEmpty()
                        .noneMatch(problem -> problem.reason().isBlank());
        }
    }
}
