package io.tidelock.replicator.rule.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.rule.ReplicationRule;
import org.junit.jupiter.api.Test;

/** Rows of the cookbook about markers in rules; a test's name begins with the numbers of its rows. */
class CookbookRulesTest {
    private static RuleDocument read(String members) {
        return RuleDocuments.fromJson(
                "{\"Role\":\"r\",\"Rules\":[{\"ID\":\"one\",\"Status\":\"Enabled\"," + members
                        + ",\"Destination\":{\"Bucket\":\"arn:aws:s3:::replicas\"}}]}",
                Leniency.NONE);
    }

    private static ReplicationRule rule(String members) {
        var document = read(members);
        assertThat(document).isInstanceOf(RuleDocument.Parsed.class);
        return ((RuleDocument.Parsed) document).rules().getFirst();
    }

    @Test
    void row_151_a_rule_of_the_first_schema_always_takes_markers_along() {
        assertThat(rule("\"Prefix\":\"\"").deleteMarkers()).isTrue();
    }

    @Test
    void row_152_a_rule_of_the_second_takes_markers_along_where_it_says_so() {
        String second = "\"Priority\":1,\"Filter\":{%s},\"DeleteMarkerReplication\":{\"Status\":\"%s\"}";
        assertThat(rule(second.formatted("", "Enabled")).deleteMarkers()).isTrue();
        assertThat(rule(second.formatted("", "Disabled")).deleteMarkers()).isFalse();
        assertThat(read(second.formatted("\"Tag\":{\"Key\":\"k\",\"Value\":\"v\"}", "Enabled")))
                .isNotInstanceOf(RuleDocument.Parsed.class);
    }
}
