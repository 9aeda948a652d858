package io.tidelock.replicator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.Look;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.replicator.rule.BucketRules.History;
import io.tidelock.replicator.rule.BucketRules.Place;
import io.tidelock.replicator.rule.ReplicationRule.SchemaVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final Bucket SOURCE = new Bucket("paris", "photos");
    private static final RuleFilter EVERYTHING = new RuleFilter.Everything();

    private static ReplicationRule rule(String id, int priority, RuleFilter filter, String destination) {
        return rule(id, priority, true, filter, destination);
    }

    private static ReplicationRule rule(
            String id, int priority, boolean enabled, RuleFilter filter, String destination) {
        return new ReplicationRule(
                id, SchemaVersion.V2, priority, enabled, filter, RuleDestination.of(destination), false, false, false);
    }

    private static BucketRules rules(Bucket source, ReplicationRule... rules) {
        return new BucketRules(
                source,
                List.of(rules),
                Map.of("near", Place.in("lyon"), "far", Place.in("tokyo"), "photos", Place.in("lyon")),
                History.FULL);
    }

    private static RuleBook book(ReplicationRule... rules) {
        return new RuleBook(List.of(rules(SOURCE, rules)));
    }

    @Test
    void rule_06_the_highest_priority_wins_for_one_destination() {
        // Given
        var book = book(
                rule("star", 1, new RuleFilter.Prefix("star"), "far"),
                rule("starship", 2, new RuleFilter.Prefix("starship"), "far"));

        // When
        var candidates = book.candidates(SOURCE, "starship-x");

        // Then
        assertThat(candidates).singleElement().satisfies(found -> {
            assertThat(found.rules()).extracting(ReplicationRule::id).containsExactly("starship", "star");
            assertThat(found.winner(Map.of())).map(ReplicationRule::id).contains("starship");
            assertThat(found.replica()).isEqualTo(new ObjectKey(new Bucket("tokyo", "far"), "starship-x"));
        });
        assertThat(book.candidates(SOURCE, "star-x").getFirst().rules())
                .extracting(ReplicationRule::id)
                .containsExactly("star");
    }

    @Test
    void rule_06_every_destination_has_its_own_winner() {
        // Given
        var book = book(rule("a", 1, EVERYTHING, "far"), rule("b", 2, EVERYTHING, "near"));

        // When
        var candidates = book.candidates(SOURCE, "k");

        // Then
        assertThat(candidates)
                .extracting(found -> found.replica().bucket())
                .containsExactlyInAnyOrder(new Bucket("tokyo", "far"), new Bucket("lyon", "near"));
    }

    @Test
    void rule_06_the_next_rule_applies_where_the_tags_do_not_fit() {
        // Given
        var book = book(
                rule("all", 1, EVERYTHING, "far"), rule("secret", 2, new RuleFilter.Tagged("class", "secret"), "far"));

        // When
        var found = book.candidates(SOURCE, "k").getFirst();

        // Then
        assertThat(found.needsTags()).isTrue();
        assertThat(found.winner(Map.of("class", "secret")))
                .map(ReplicationRule::id)
                .contains("secret");
        assertThat(found.winner(Map.of("class", "open")))
                .map(ReplicationRule::id)
                .contains("all");
    }

    @Test
    void what_a_job_asks_for_leads_to_its_rule_and_to_those_that_go_before_it_at_the_same_destination() {
        // Given
        var tagged = new RuleFilter.Tagged("class", "secret");
        var book = book(
                rule("low", 1, EVERYTHING, "far"),
                rule("mid", 2, EVERYTHING, "far"),
                rule("high", 3, tagged, "far"),
                rule("other", 4, EVERYTHING, "near"));

        // When
        var candidates = book.candidates(asked("mid"));

        // Then
        assertThat(candidates)
                .singleElement()
                .satisfies(found -> assertThat(found.rules())
                        .extracting(ReplicationRule::id)
                        .containsExactly("high", "mid"));
        assertThat(book.candidates(asked("gone"))).isEmpty();
    }

    private static BucketEvent asked(String ruleId) {
        return new BucketEvent.VersionRemoved(new Occurrence(
                new ObjectKey(SOURCE, "k"),
                null,
                Instant.EPOCH,
                null,
                null,
                "n",
                Cause.JOB,
                new Look(ruleId, Look.Purpose.RESYNC)));
    }

    @Test
    void rule_03_all_means_the_prefix_and_every_tag() {
        // Given
        var filter = new RuleFilter.All("docs/", Map.of("a", "1", "b", "2"));
        var rule = rule("all", 1, filter, "far");

        // When / Then
        assertThat(rule.selects("docs/x", Map.of("a", "1", "b", "2", "c", "3"))).isTrue();
        assertThat(rule.selects("docs/x", Map.of("a", "1"))).isFalse();
        assertThat(rule.selects("docs/x", Map.of("a", "1", "b", "3"))).isFalse();
        assertThat(rule.selects("x", Map.of("a", "1", "b", "2"))).isFalse();
    }

    @Test
    void rule_07_a_disabled_rule_does_nothing() {
        // Given
        var book = book(rule("off", 2, false, EVERYTHING, "far"));

        // When / Then
        assertThat(book.candidates(SOURCE, "k")).isEmpty();
    }

    @Test
    void a_bucket_that_no_rule_reads_has_no_candidates() {
        assertThat(book(rule("a", 1, EVERYTHING, "far")).candidates(new Bucket("lyon", "photos"), "k"))
                .isEmpty();
    }

    @Test
    void two_sources_may_not_write_the_same_keys() {
        // Given
        var other = new Bucket("lyon", "scans");
        var whole = rules(SOURCE, rule("whole", 1, EVERYTHING, "far"));
        var part = rules(other, rule("part", 1, new RuleFilter.Prefix("p/"), "far"));

        // When / Then
        assertThatThrownBy(() -> new RuleBook(List.of(whole, part)))
                .hasMessageContainingAll(
                        "lyon/scans, rule \"part\"", "paris/photos, rule \"whole\"", "\"p/\" in tokyo/far");
    }

    @Test
    void two_sources_may_share_a_bucket_when_their_keys_differ() {
        // Given
        var other = new Bucket("lyon", "scans");
        var photos = rules(SOURCE, rule("a", 1, new RuleFilter.Prefix("photos/"), "far"));
        var scans = rules(other, rule("b", 1, new RuleFilter.Prefix("scans/"), "far"));
        var off = rules(new Bucket("lyon", "old"), rule("c", 1, false, EVERYTHING, "far"));

        // When
        var book = new RuleBook(List.of(photos, scans, off));

        // Then
        assertThat(book.sources()).hasSize(3);
    }

    @Test
    void mapped_keys_decide_about_overlap() {
        // Given
        var mapped = new BucketRules(
                new Bucket("lyon", "scans"),
                List.of(rule("b", 1, EVERYTHING, "far")),
                Map.of("far", new Place("tokyo", new KeyMapping("", "scans/"), AclPolicy.COPY)),
                History.CURRENT);
        var photos = rules(SOURCE, rule("a", 1, new RuleFilter.Prefix("photos/"), "far"));
        var intruder = rules(SOURCE, rule("a", 1, new RuleFilter.Prefix("scans/2026/"), "far"));

        // When
        var book = new RuleBook(List.of(photos, mapped));

        // Then
        assertThat(book.candidates(new Bucket("lyon", "scans"), "x")
                        .getFirst()
                        .replica()
                        .key())
                .isEqualTo("scans/x");
        assertThatThrownBy(() -> new RuleBook(List.of(intruder, mapped))).hasMessageContaining("scans/2026/");
    }

    @Test
    void two_buckets_may_replicate_to_each_other() {
        // Given
        var back = new BucketRules(
                new Bucket("tokyo", "far"),
                List.of(rule("back", 1, EVERYTHING, "photos")),
                Map.of("photos", Place.in("paris")),
                History.FULL);

        // When
        var book = new RuleBook(List.of(rules(SOURCE, rule("there", 1, EVERYTHING, "far")), back));

        // Then
        assertThat(book.candidates(new Bucket("tokyo", "far"), "k")).hasSize(1);
    }

    @Test
    void a_key_mapping_replaces_a_prefix_and_leaves_other_keys_out() {
        // Given
        var mapping = new KeyMapping("a/", "b/c/");

        // When / Then
        assertThat(mapping.replicaKey("a/x")).isEqualTo("b/c/x");
        assertThat(mapping.covers("x")).isFalse();
        assertThat(new KeyMapping("a/", "").covers("a/")).isFalse();
    }

    @Test
    void rules_that_cannot_work_are_refused_by_name() {
        assertThatThrownBy(() -> rules(SOURCE)).hasMessageContaining("1 to 1000 rules, had 0");
        assertThatThrownBy(() -> rules(SOURCE, rule("a", 1, EVERYTHING, "far"), rule("a", 2, EVERYTHING, "near")))
                .hasMessageContaining("two rules with ID \"a\"");
        assertThatThrownBy(() -> rules(SOURCE, rule("a", 1, EVERYTHING, "nowhere")))
                .hasMessageContaining("which store holds bucket \"nowhere\"");
        assertThatThrownBy(() -> rules(new Bucket("lyon", "photos"), rule("a", 1, EVERYTHING, "photos")))
                .hasMessageContaining("the destination bucket is the source bucket");
        assertThatThrownBy(() -> new RuleBook(List.of(
                        rules(SOURCE, rule("a", 1, EVERYTHING, "far")),
                        rules(SOURCE, rule("a", 1, EVERYTHING, "far")))))
                .hasMessageContaining("names the source bucket paris/photos twice");
    }
}
