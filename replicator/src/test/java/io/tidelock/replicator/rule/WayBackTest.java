package io.tidelock.replicator.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WayBackTest {
    private static final Bucket HERE = new Bucket("paris", "here");
    private static final Bucket THERE = new Bucket("tokyo", "there");

    private static ReplicationRule rule(int priority, RuleFilter filter, String to, boolean modifications) {
        return new ReplicationRule(
                "r" + priority,
                SchemaVersion.V2,
                priority,
                true,
                filter,
                RuleDestination.of(to),
                false,
                false,
                modifications);
    }

    private static BucketRules from(Bucket source, Bucket to, KeyMapping keys, ReplicationRule... rules) {
        return new BucketRules(
                source, List.of(rules), Map.of(to.name(), new Place(to.store(), keys, AclPolicy.COPY)), History.FULL);
    }

    private static RuleBook book(BucketRules back) {
        return new RuleBook(List.of(
                from(HERE, THERE, KeyMapping.IDENTITY, rule(1, new RuleFilter.Prefix("logs/"), "there", true)), back));
    }

    private static WayBack ofLogs(BucketRules back) {
        return book(back).wayBack(new ObjectKey(THERE, "logs/x"), new ObjectKey(HERE, "logs/x"));
    }

    @Test
    void rules_with_the_same_keys_both_ways_lead_back() {
        assertThat(ofLogs(
                        from(THERE, HERE, KeyMapping.IDENTITY, rule(1, new RuleFilter.Prefix("logs/"), "here", false))))
                .isEqualTo(WayBack.WRITES);
        assertThat(ofLogs(from(THERE, HERE, KeyMapping.IDENTITY, rule(1, new RuleFilter.Everything(), "here", true))))
                .isEqualTo(WayBack.WRITES_AND_MODIFICATIONS);
    }

    @Test
    void a_rule_of_other_keys_does_not_lead_back() {
        assertThat(ofLogs(
                        from(THERE, HERE, KeyMapping.IDENTITY, rule(1, new RuleFilter.Prefix("data/"), "here", true))))
                .isEqualTo(WayBack.NONE);
    }

    @Test
    void a_rule_that_spells_the_key_in_another_way_does_not_lead_back() {
        assertThat(ofLogs(from(
                        THERE,
                        HERE,
                        new KeyMapping("", "from-tokyo/"),
                        rule(1, new RuleFilter.Everything(), "here", true))))
                .isEqualTo(WayBack.NONE);
    }

    @Test
    void mappings_that_undo_each_other_lead_back() {
        // Given
        var book = new RuleBook(List.of(
                from(HERE, THERE, new KeyMapping("", "copies/"), rule(1, new RuleFilter.Everything(), "there", true)),
                from(THERE, HERE, new KeyMapping("copies/", ""), rule(1, new RuleFilter.Everything(), "here", true))));

        // When / Then
        assertThat(book.wayBack(new ObjectKey(THERE, "copies/x"), new ObjectKey(HERE, "x")))
                .isEqualTo(WayBack.WRITES_AND_MODIFICATIONS);
    }

    @Test
    void rule_35_what_another_rule_wants_of_changes_on_replicas_does_not_count() {
        assertThat(ofLogs(from(
                        THERE,
                        HERE,
                        KeyMapping.IDENTITY,
                        rule(1, new RuleFilter.Prefix("logs/"), "here", false),
                        rule(2, new RuleFilter.Prefix("data/"), "here", true))))
                .isEqualTo(WayBack.WRITES);
        assertThat(ofLogs(from(
                        THERE,
                        HERE,
                        KeyMapping.IDENTITY,
                        rule(1, new RuleFilter.Prefix("logs/"), "here", true),
                        rule(2, new RuleFilter.Everything(), "here", false))))
                .isEqualTo(WayBack.WRITES);
    }

    @Test
    void rule_35_where_tags_choose_the_rule_back_each_that_may_be_chosen_has_to_want_changes() {
        // Given
        var tagged = rule(3, new RuleFilter.Tagged("class", "secret"), "here", true);
        var wanting = rule(2, new RuleFilter.Everything(), "here", true);
        var not = rule(1, new RuleFilter.Prefix("logs/"), "here", false);

        // When / Then
        assertThat(ofLogs(from(THERE, HERE, KeyMapping.IDENTITY, tagged, wanting, not)))
                .isEqualTo(WayBack.WRITES_AND_MODIFICATIONS);
        assertThat(ofLogs(from(THERE, HERE, KeyMapping.IDENTITY, tagged, not))).isEqualTo(WayBack.WRITES);
    }
}
