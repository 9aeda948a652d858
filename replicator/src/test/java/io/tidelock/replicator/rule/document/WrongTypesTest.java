package io.tidelock.replicator.rule.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What has another type or another name than its element is one problem, and hides no other. */
class WrongTypesTest {
    private static List<String> problems(String json) {
        return RuleDocuments.fromJson(json, Leniency.NONE) instanceof RuleDocument.Refused(var problems)
                ? problems.stream()
                        .map(problem -> problem.line() + " " + problem)
                        .toList()
                : List.of();
    }

    @Test
    void every_value_of_a_wrong_type_is_named_with_its_line() {
        // When
        var problems = problems("""
            {"Role": 5, "Rules": [
              7,
              {"ID": "a",
               "Filter": {"Prefix": ["x"]},
               "Priority": "one",
               "Status": true,
               "Foo": 1,
               "DeleteMarkerReplication": null,
               "Destination": "replicas"}
            ]}
            """);

        // Then
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "1 Role: must be a text in quotes or an object, was 5",
                        "2 rule \"rule-1\", Rule: must be an object",
                        "7 rule \"a\", Foo: is not an element of S3's replication configuration here",
                        "4 rule \"a\", Filter/Prefix: must be a text in quotes or an object, was a list",
                        "5 rule \"a\", Priority: must be a whole number from 0 to 2099999999, was \"one\"",
                        "6 rule \"a\", Status: must be a text in quotes or an object, was true",
                        "8 rule \"a\", DeleteMarkerReplication: must be a text in quotes or an object, was null",
                        "9 rule \"a\", Destination: holds elements, not text such as \"replicas\"");
    }

    @Test
    void a_misspelt_element_is_guessed_and_nothing_is_said_to_follow_from_it() {
        // When
        var problems = problems("""
            {"Rules": [
              {"ID": "a", "Fliter": {}, "Prioritty": 1, "Status": "Enabled",
               "DeleteMarkerReplication": {"Status": "Disabled"},
               "Destination": {"Buckets": "arn:aws:s3:::replicas"}},
              {"ID": "b", "Filter": {}, "Priority": 2, "Status": "Enabled",
               "DeleteMarkerReplication": {"Status": "Disabled"},
               "Destination": {"Bucket": "arn:aws:s3:::replicas"}}
            ]}
            """);

        // Then
        var unknown = " is not an element of S3's replication configuration here, did you mean ";
        assertThat(problems)
                .containsExactly(
                        "2 rule \"a\", Fliter:" + unknown + "\"Filter\"?",
                        "2 rule \"a\", Prioritty:" + unknown + "\"Priority\"?",
                        "4 rule \"a\", Destination/Buckets:" + unknown + "\"Bucket\"?");
    }

    @Test
    void a_misspelt_list_of_rules_is_one_problem() {
        assertThat(problems("{\"Ruels\": []}")).singleElement().asString().endsWith("did you mean \"Rules\"?");
        assertThat(problems("{\"Rules\": {}}")).containsExactly("1 Rules: must be a list");
        assertThat(problems("{\"Rule\": [{}]}")).singleElement().asString().contains("JSON has a list Rules");
    }
}
