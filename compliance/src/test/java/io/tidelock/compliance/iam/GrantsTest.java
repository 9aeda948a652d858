package io.tidelock.compliance.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.iam.Edge.Feature;
import io.tidelock.compliance.iam.GrantDocument.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The generated documents allow what is needed, name who needs it, and hold nothing else. */
class GrantsTest {
    private static final String READER = "arn:aws:iam::111122223333:role/tidelock-source";
    private static final String WRITER = "arn:aws:iam::444455556666:role/tidelock-replica";
    private static final String KEY = "arn:aws:kms:eu-central-1:444455556666:key/0000-1111";
    private static final Side SOURCE = new Side("photos", "eu-west-3", "111122223333", READER);
    private static final Side DESTINATION = new Side("photos-replica", "eu-central-1", "444455556666", WRITER);

    private static Edge edge(Set<Feature> features, String... prefixes) {
        var keys = features.contains(Feature.KMS) ? List.of(KEY) : List.<String>of();
        return new Edge(SOURCE, DESTINATION, List.of(prefixes), List.of(prefixes), List.of(), keys, features);
    }

    private static JsonNode policy(List<GrantDocument> documents, Kind kind, String subject) {
        return documents.stream()
                .filter(document ->
                        document.kind() == kind && document.subject().equals(subject))
                .findFirst()
                .orElseThrow()
                .policy();
    }

    private static Set<String> actions(JsonNode policy) {
        var actions = new TreeSet<String>();
        for (var statement : policy.get("Statement")) {
            statement.get("Action").forEach(action -> actions.add(action.asText()));
        }
        return actions;
    }

    @Test
    void the_reader_may_read_versions_and_write_nothing() {
        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge(EnumSet.allOf(Feature.class), "")));

        // Then
        var reader = policy(documents, Kind.PERMISSIONS, READER);
        assertThat(actions(reader))
                .contains("s3:GetObjectVersion", "s3:GetObjectVersionTagging", "kms:Decrypt")
                .noneMatch(action ->
                        action.startsWith("s3:Put") || action.startsWith("s3:Delete") || action.contains("*"));
    }

    @Test
    void nobody_may_remove_a_version_or_change_versioning() {
        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge(EnumSet.allOf(Feature.class), "")));

        // Then
        assertThat(documents)
                .allSatisfy(document -> assertThat(actions(document.policy()))
                        .doesNotContain("s3:DeleteObjectVersion", "s3:PutBucketVersioning"));
    }

    @Test
    void deletes_are_allowed_only_where_markers_are_propagated() {
        assertThat(actions(policy(
                        Grants.of(List.of(), Needs.ofTidelock(edge(Set.of(), ""))), Kind.PERMISSIONS, WRITER)))
                .doesNotContain("s3:DeleteObject");
        assertThat(actions(policy(
                        Grants.of(List.of(), Needs.ofTidelock(edge(Set.of(Feature.DELETE_MARKERS), ""))),
                        Kind.PERMISSIONS,
                        WRITER)))
                .contains("s3:DeleteObject");
    }

    @Test
    void a_bucket_policy_names_the_role_and_never_the_account() {
        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge(Set.of(), "")));

        // Then
        var statements = policy(documents, Kind.BUCKET_POLICY, "arn:aws:s3:::photos-replica")
                .get("Statement");
        assertThat(statements)
                .isNotEmpty()
                .allSatisfy(statement ->
                        assertThat(statement.at("/Principal/AWS").asText()).isEqualTo(WRITER));
    }

    @Test
    void prefixes_narrow_every_object_action_and_the_version_listing() {
        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge(Set.of(), "a/", "b/", "a/deeper/")));

        // Then
        var statements = policy(documents, Kind.PERMISSIONS, READER).get("Statement");
        var resources = StreamSupport.stream(statements.spliterator(), false)
                .flatMap(statement ->
                        StreamSupport.stream(statement.get("Resource").spliterator(), false))
                .map(JsonNode::asText);
        assertThat(resources).containsOnly("arn:aws:s3:::photos", "arn:aws:s3:::photos/a/*", "arn:aws:s3:::photos/b/*");
        assertThat(statements.findValue("s3:prefix"))
                .extracting(JsonNode::asText)
                .containsExactly("a/*", "b/*");
    }

    @Test
    void keys_are_used_through_the_store_for_this_bucket_only() {
        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge(Set.of(Feature.KMS), "")));

        // Then
        var statement =
                policy(documents, Kind.KEY_STATEMENTS, KEY).get("Statement").get(0);
        assertThat(statement.at("/Principal/AWS").asText()).isEqualTo(WRITER);
        assertThat(statement.at("/Condition/StringEquals/kms:ViaService/0").asText())
                .isEqualTo("s3.eu-central-1.amazonaws.com");
        assertThat(statement.at("/Condition/StringLike/kms:EncryptionContext:aws:s3:arn"))
                .extracting(JsonNode::asText)
                .containsExactly("arn:aws:s3:::photos-replica", "arn:aws:s3:::photos-replica/*");
        assertThat(documents)
                .filteredOn(document -> document.kind() == Kind.KEY_STATEMENTS)
                .extracting(GrantDocument::subject)
                .containsExactly("arn:aws:kms:eu-west-3:111122223333:key/*", KEY);
    }

    @Test
    void a_source_bucket_of_another_account_gets_a_policy_too() {
        // Given
        var foreign = new Side("photos", "eu-west-3", "999900001111", READER);
        var edge = new Edge(foreign, DESTINATION, List.of(""), List.of(""), List.of(), List.of(), Set.of());

        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge));

        // Then
        assertThat(actions(policy(documents, Kind.BUCKET_POLICY, "arn:aws:s3:::photos")))
                .contains("s3:GetObjectVersion")
                .doesNotContain("s3:PutObject");
    }

    @Test
    void whoever_assumes_a_role_is_allowed_to() {
        // Given
        var trusts = List.<Trust>of(new Trust.OfPrincipal(WRITER, READER, "x"));

        // When
        var documents = Grants.of(trusts, Needs.ofAssuming(trusts));

        // Then
        var statement =
                policy(documents, Kind.PERMISSIONS, READER).get("Statement").get(0);
        assertThat(statement.at("/Action/0").asText()).isEqualTo("sts:AssumeRole");
        assertThat(statement.at("/Resource/0").asText()).isEqualTo(WRITER);
    }

    @Test
    void wildcards_in_a_prefix_stand_for_themselves() {
        // When
        var documents = Grants.of(List.of(), Needs.ofTidelock(edge(Set.of(), "a*b?c${d}/")));

        // Then
        assertThat(policy(documents, Kind.PERMISSIONS, READER)
                        .findValues("Resource")
                        .toString())
                .contains("arn:aws:s3:::photos/a${*}b${?}c${$}{d}/*")
                .doesNotContain("photos/a*b");
    }

    @Test
    void roles_of_one_name_in_two_accounts_have_labels_of_their_own() {
        // Given
        var trusts = List.<Trust>of(
                new Trust.OfPrincipal("arn:aws:iam::111122223333:role/r", READER, null),
                new Trust.OfPrincipal("arn:aws:iam::444455556666:role/r", READER, null));

        // Then
        assertThat(Terraform.of(Grants.of(trusts, List.of())))
                .contains("\"aws_iam_role\" \"trust_r\"", "\"aws_iam_role\" \"trust_r_2\"");
    }

    @Test
    void every_document_says_what_it_is_and_how_it_is_attached() {
        // When
        var documents = Grants.of(
                List.of(new Trust.OfPrincipal(WRITER, READER, null)),
                Needs.ofTidelock(edge(EnumSet.allOf(Feature.class), "")));

        // Then
        assertThat(documents)
                .extracting(GrantDocument::title)
                .doesNotHaveDuplicates()
                .allMatch(title -> title.contains("arn:"));
        assertThat(documents)
                .extracting(GrantDocument::attach)
                .anyMatch(call -> call.contains("put-role-policy --role-name tidelock-replica"))
                .anyMatch(call -> call.contains("put-bucket-policy --bucket photos-replica"))
                .anyMatch(call -> call.contains("update-assume-role-policy --role-name tidelock-replica"))
                .allMatch(call -> call.startsWith("aws "));
    }

    @Test
    void rule_R18_the_provider_trust_is_bound_to_the_source_bucket() {
        // When
        var trust = new Trust.OfProvider(READER, "111122223333", SOURCE.bucketArn());
        var documents = Grants.of(List.of(trust), List.of());

        // Then
        var statement = policy(documents, Kind.TRUST, READER).get("Statement").get(0);
        assertThat(statement.at("/Principal/Service").asText()).isEqualTo("s3.amazonaws.com");
        assertThat(statement.at("/Condition/StringEquals/aws:SourceAccount").asText())
                .isEqualTo("111122223333");
        assertThat(statement.at("/Condition/ArnEquals/aws:SourceArn").asText()).isEqualTo("arn:aws:s3:::photos");
    }

    @Test
    void rule_31_the_provider_needs_the_override_action_on_both_sides() {
        // When
        var documents = Grants.of(List.of(), Needs.ofProvider(edge(Set.of(Feature.OWNER_OVERRIDE), "")));

        // Then
        assertThat(actions(policy(documents, Kind.PERMISSIONS, READER)))
                .contains("s3:ObjectOwnerOverrideToBucketOwner");
        assertThat(actions(policy(documents, Kind.BUCKET_POLICY, "arn:aws:s3:::photos-replica")))
                .contains("s3:ObjectOwnerOverrideToBucketOwner", "s3:ReplicateObject", "s3:ReplicateDelete")
                .doesNotContain("s3:GetObject");
    }

    @Test
    void other_partitions_have_their_own_arns_and_service_names() {
        // Given
        var beijing = new Side("b", "cn-north-1", "111122223333", "arn:aws-cn:iam::111122223333:role/r");

        // Then
        assertThat(beijing.bucketArn()).isEqualTo("arn:aws-cn:s3:::b");
        assertThat(beijing.s3Service()).isEqualTo("s3.cn-north-1.amazonaws.com.cn");
    }

    @Test
    void a_principal_that_is_no_role_or_user_is_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Side("photos", "eu-west-3", "111122223333", "arn:aws:iam::111122223333:root"))
                .withMessageContaining("photos")
                .withMessageContaining(":root");
    }

    @Test
    void terraform_escapes_template_markers_and_names_every_document() {
        // Given
        var trust = new Trust.OfPrincipal(WRITER, READER, "${not-a-template}");

        // When
        var documents = Grants.of(List.of(trust), Needs.ofTidelock(edge(EnumSet.allOf(Feature.class), "")));
        var terraform = Terraform.of(documents);

        // Then
        assertThat(terraform)
                .contains("resource \"aws_iam_role\" \"trust_tidelock_replica\"")
                .contains("resource \"aws_s3_bucket_policy\" \"bucket_policy_photos_replica\"")
                .contains("$${not-a-template}")
                .doesNotContainPattern("[^$]\\$\\{");
    }
}
