package io.tidelock.replicator.rule.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal names the rule, the element and the reason, whether the document came as JSON or as XML. */
class RuleRefusalsTest {
    private static ObjectNode v1(String id) {
        var rule = DocumentText.object().put("ID", id).put("Prefix", id).put("Status", "Enabled");
        rule.putObject("Destination").put("Bucket", "arn:aws:s3:::replicas");
        return rule;
    }

    private static ObjectNode v2(String id, int priority) {
        var rule = DocumentText.object().put("ID", id).put("Priority", priority).put("Status", "Enabled");
        rule.putObject("Filter");
        rule.putObject("Destination").put("Bucket", "arn:aws:s3:::replicas");
        rule.putObject("DeleteMarkerReplication").put("Status", "Disabled");
        return rule;
    }

    private static ObjectNode in(ObjectNode rule, String group) {
        return rule.withObjectProperty(group);
    }

    private static ObjectNode document(ObjectNode... rules) {
        var document = DocumentText.object().put("Role", "r");
        document.putArray("Rules").addAll(List.of(rules));
        return document;
    }

    private static List<Problem> problems(ObjectNode... rules) {
        return problemsIn(document(rules));
    }

    private static List<Problem> problemsIn(ObjectNode document) {
        var fromJson = RuleDocuments.fromJson(document.toString(), Leniency.NONE);
        var fromXml = RuleDocuments.fromXml(DocumentText.xml(document), Leniency.NONE);
        assertThat(fromJson).isEqualTo(fromXml);
        return problemsOf(fromJson);
    }

    private static List<Problem> problemsOf(RuleDocument document) {
        return document instanceof RuleDocument.Refused(var problems) ? problems : List.of();
    }

    private static void assertOnly(List<Problem> problems, @Nullable String ruleId, String element, String reason) {
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.ruleId()).isEqualTo(ruleId);
            assertThat(problem.element()).isEqualTo(element);
            assertThat(problem.reason()).contains(reason);
        });
    }

    @Test
    void the_samples_that_the_refusals_start_from_are_good() {
        assertThat(problems(v1("a"))).isEmpty();
        assertThat(problems(v2("a", 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Priority", "DeleteMarkerReplication", "ReplicaModifications", "ReplicationTime", "Metrics"})
    void rule_01_v1_has_nothing_of_v2(String element) {
        // Given
        var rule = v1("a");
        var time = DocumentText.object().put("Minutes", 15);
        switch (element) {
            case "Priority" -> rule.put("Priority", 1);
            case "ReplicaModifications" ->
                in(rule, "SourceSelectionCriteria").putObject(element).put("Status", "Enabled");
            case "ReplicationTime" ->
                in(rule, "Destination")
                        .putObject(element)
                        .put("Status", "Disabled")
                        .set("Time", time);
            case "Metrics" -> in(rule, "Destination").putObject(element).put("Status", "Enabled");
            default -> rule.putObject(element).put("Status", "Enabled");
        }

        // When
        var problems = problems(rule);

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.element()).endsWith(element);
            assertThat(problem.reason()).contains("needs a rule with Filter");
        });
    }

    @Test
    void rule_01_v1_and_v2_do_not_mix() {
        assertOnly(problems(v1("a"), v2("b", 1)), null, "Rule", "1 rules have Filter (V2) and 1 do not (V1)");
    }

    @Test
    void rule_01_a_filter_does_not_stand_beside_a_prefix() {
        assertOnly(problems(v2("a", 1).put("Prefix", "p")), "a", "Prefix", "move it into Filter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Status", "Priority", "DeleteMarkerReplication", "Destination"})
    void rule_02_what_v2_requires_must_be_there(String element) {
        // Given
        var rule = v2("a", 1);
        rule.remove(element);

        // When / Then
        assertOnly(problems(rule), "a", element, "is missing");
    }

    @Test
    void rule_02_a_missing_marker_policy_means_disabled_only_when_that_is_allowed() {
        // Given
        var rule = v2("a", 1);
        rule.remove("DeleteMarkerReplication");

        // When
        var document = RuleDocuments.fromJson(document(rule).toString(), new Leniency(false, true));

        // Then
        assertThat(problems(rule).toString()).contains("Tidelock's deleteMarkersUnsaid lifts this");
        assertThat(document)
                .isInstanceOfSatisfying(
                        RuleDocument.Parsed.class,
                        parsed -> assertThat(parsed.rules().getFirst().deleteMarkers())
                                .isFalse());
    }

    @Test
    void rule_03_a_filter_holds_one_kind_only() {
        // Given
        var rule = v2("a", 1);
        in(rule, "Filter").put("Prefix", "p").putObject("Tag").put("Key", "k").put("Value", "v");

        // When / Then
        assertOnly(problems(rule), "a", "Filter", "one of Prefix, Tag and And, held Prefix and Tag");
    }

    @Test
    void rule_03_and_holds_something() {
        // Given
        var rule = v2("a", 1);
        in(rule, "Filter").putObject("And");

        // When / Then
        assertOnly(problems(rule), "a", "Filter/And", "neither Prefix nor Tag");
    }

    @Test
    void rule_03_and_names_a_tag_key_once() {
        // Given
        var rule = v2("a", 1);
        var tags = in(rule, "Filter").putObject("And").putArray("Tags");
        tags.addObject().put("Key", "k").put("Value", "1");
        tags.addObject().put("Key", "k").put("Value", "2");

        // When / Then
        assertOnly(problems(rule), "a", "Filter/And/Tag", "names the key \"k\" twice");
    }

    @Test
    void rule_04_a_document_has_a_rule_and_at_most_a_thousand() {
        // Given
        var rules =
                IntStream.rangeClosed(0, 1_000).mapToObj(i -> v2("r" + i, i)).toArray(ObjectNode[]::new);
        var most = IntStream.range(0, 1_000).mapToObj(i -> v2("r" + i, i)).toArray(ObjectNode[]::new);

        // When / Then
        assertOnly(problems(), null, "Rule", "1 to 1000 times, stood 0 times");
        assertOnly(problems(rules), null, "Rule", "1 to 1000 times, stood 1001 times");
        assertThat(problems(most)).isEmpty();
    }

    @Test
    void rule_04_a_document_has_at_most_two_megabytes() {
        // Given
        var json = document(v2("a", 1)).toString();
        var most = json + " ".repeat(RuleDocuments.DOCUMENT_BYTES_MAX - json.length());

        // When / Then
        assertThat(problemsOf(RuleDocuments.fromJson(most, Leniency.NONE))).isEmpty();
        assertOnly(problemsOf(RuleDocuments.fromJson(most + " ", Leniency.NONE)), null, "document", "2097152 bytes");
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, false"})
    void rule_04_an_id_has_at_most_255_characters(int length, boolean good) {
        assertThat(problems(v2("i".repeat(length), 1)).isEmpty()).isEqualTo(good);
    }

    @ParameterizedTest
    @CsvSource({"1024, true", "1025, false"})
    void rule_04_a_prefix_has_at_most_1024_characters(int length, boolean good) {
        // Given
        var rule = v2("a", 1);
        in(rule, "Filter").put("Prefix", "p".repeat(length));

        // When / Then
        assertThat(problems(rule).isEmpty()).isEqualTo(good);
    }

    @Test
    void rule_04_replication_time_is_fifteen_minutes() {
        // Given
        var rule = v2("a", 1);
        var time = in(rule, "Destination").putObject("ReplicationTime").put("Status", "Enabled");
        time.putObject("Time").put("Minutes", 30);
        in(rule, "Destination")
                .putObject("Metrics")
                .put("Status", "Enabled")
                .putObject("EventThreshold")
                .put("Minutes", 5);

        // When / Then
        assertThat(problems(rule))
                .extracting(Problem::element)
                .containsExactly(
                        "Destination/ReplicationTime/Time/Minutes", "Destination/Metrics/EventThreshold/Minutes");
    }

    @Test
    void rule_04_replication_time_comes_with_metrics() {
        // Given
        var without = v2("a", 1);
        in(without, "Destination")
                .putObject("ReplicationTime")
                .put("Status", "Enabled")
                .putObject("Time")
                .put("Minutes", 15);
        var disabled = without.deepCopy();
        in(disabled, "Destination").putObject("Metrics").put("Status", "Disabled");

        // When / Then
        assertOnly(problems(without), "a", "Destination/ReplicationTime", "must come with Metrics");
        assertOnly(problems(disabled), "a", "Destination/Metrics/Status", "must be Enabled where ReplicationTime is");
    }

    @Test
    void rule_04_selected_kms_objects_need_a_replica_key_and_the_other_way_round() {
        // Given
        var keyless = v2("a", 1);
        in(keyless, "SourceSelectionCriteria")
                .putObject("SseKmsEncryptedObjects")
                .put("Status", "Enabled");
        var unselected = v2("a", 1);
        in(unselected, "Destination").putObject("EncryptionConfiguration").put("ReplicaKmsKeyID", "k");

        // When / Then
        assertOnly(problems(keyless), "a", "Destination/EncryptionConfiguration", "is missing");
        assertOnly(problems(unselected), "a", "Destination/EncryptionConfiguration", "needs SourceSelectionCriteria");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rule_05_a_rule_that_selects_by_tag_does_not_propagate_markers(boolean and) {
        // Given
        var rule = v2("a", 1);
        in(rule, "DeleteMarkerReplication").put("Status", "Enabled");
        var tag = DocumentText.object().put("Key", "k").put("Value", "v");
        if (and) {
            in(rule, "Filter")
                    .putObject("And")
                    .put("Prefix", "p")
                    .putArray("Tags")
                    .add(tag);
        } else {
            in(rule, "Filter").set("Tag", tag);
        }

        // When
        var optedIn = RuleDocuments.fromJson(document(rule).toString(), new Leniency(true, false));

        // Then
        assertOnly(problems(rule), "a", "DeleteMarkerReplication", "must be Disabled in a rule that selects by tag");
        assertThat(problems(rule).toString()).contains("Tidelock's deleteMarkersWithTags lifts this");
        assertThat(optedIn).isInstanceOf(RuleDocument.Parsed.class);
    }

    @Test
    void rule_06_priorities_to_one_destination_differ() {
        // Given
        var elsewhere = v2("c", 1);
        in(elsewhere, "Destination").put("Bucket", "arn:aws:s3:::other");

        // When / Then
        assertOnly(problems(v2("a", 1), v2("b", 1), elsewhere), "b", "Priority", "is 1 like that of rule \"a\"");
    }

    @Test
    void rule_06_v1_prefixes_to_one_destination_do_not_overlap() {
        assertOnly(problems(v1("photos/"), v1("docs/"), v1("photos/2026/")), "photos/2026/", "Prefix", "lies within");
    }

    @Test
    void rule_08_existing_object_replication_is_no_longer_supported() {
        // Given
        var rule = v2("a", 1);
        rule.putObject("ExistingObjectReplication").put("Status", "Enabled");

        // When / Then
        assertOnly(problems(rule), "a", "ExistingObjectReplication", "no longer supported");
    }

    @Test
    void rule_30_an_owner_override_needs_the_account() {
        // Given
        var rule = v2("a", 1);
        in(rule, "Destination").putObject("AccessControlTranslation").put("Owner", "Destination");

        // When / Then
        assertOnly(problems(rule), "a", "Destination/AccessControlTranslation", "needs Destination/Account");
    }

    @Test
    void unknown_elements_are_refused_wherever_they_stand() {
        // Given
        var rule = v2("a", 1).put("Colour", "red");
        in(rule, "Destination").putObject("Metrics").put("Status", "Enabled").put("Level", "high");
        var document = document(rule).put("Owner", "me");

        // When / Then
        assertThat(problemsIn(document))
                .extracting(Problem::toString)
                .containsExactly(
                        "Owner: is not an element of S3's replication configuration here",
                        "rule \"a\", Colour: is not an element of S3's replication configuration here",
                        "rule \"a\", Destination/Metrics/Level: is not an element of S3's replication configuration here");
    }

    @Test
    void every_problem_of_a_document_is_reported_at_once() {
        // Given
        var first = v2("a", 1).put("Status", "On");
        in(first, "Destination").put("Bucket", "replicas").put("StorageClass", "cold storage");
        var second = v2("a", 2).put("Priority", -1);
        in(second, "Filter").putObject("Tag").put("Key", "");

        // When / Then
        assertThat(problems(first, second))
                .extracting(Problem::element)
                .containsExactlyInAnyOrder(
                        "Status",
                        "Destination/Bucket",
                        "Destination/StorageClass",
                        "ID",
                        "Priority",
                        "Filter/Tag/Key",
                        "Filter/Tag/Value");
    }

    @Test
    void an_id_that_means_no_rule_is_refused() {
        assertOnly(problems(v2("-", 1)), "-", "ID", "means no rule");
    }

    @Test
    void a_json_member_that_stands_twice_is_refused() {
        // Given
        var json = document(v2("a", 1))
                .toString()
                .replace("\"Status\":\"Enabled\"", "\"Status\":\"Disabled\",\"Status\":\"Enabled\"");

        // When / Then
        assertOnly(problemsOf(RuleDocuments.fromJson(json, Leniency.NONE)), "a", "Status", "stands more than once");
    }

    @Test
    void problems_have_a_bound() {
        // Given
        var rules = IntStream.range(0, 900)
                .mapToObj(i -> v2("r" + i, i).put("Status", "x").put("A", "y"))
                .toArray(ObjectNode[]::new);

        // When / Then
        assertThat(problems(rules)).hasSize(Problems.COUNT_MAX);
    }
}
