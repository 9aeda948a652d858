package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock iam} prints for a configuration; nothing is reached. */
class IamCommandTest {
    private static final String READER = "arn:aws:iam::111122223333:role/tidelock";
    private static final String WRITER = "arn:aws:iam::444455556666:role/tidelock-writer";

    @TempDir
    Path directory;

    private String yaml = "";

    @BeforeEach
    void read() throws IOException {
        yaml = Files.readString(Path.of("examples/aws-two-accounts.yaml"))
                .replace("${env:KAFKA_PASSWORD}", "x")
                .replaceAll("(?s)    sasl.jaas.config.*?stores:", "stores:")
                .replaceAll("(?m)^ +bearerToken.*$", "")
                .replaceAll("authentication:.*", "")
                .replace("${file:/run/secrets/tidelock-mark-key}", "${file:mark}");
        Files.writeString(directory.resolve("mark"), "this test signs its marks with it");
    }

    private Answer iam(UnaryOperator<String> change, String... options) throws IOException {
        var file = Files.writeString(directory.resolve("tidelock.yaml"), change.apply(yaml));
        var arguments = new ArrayList<>(List.of("iam", "--config", file.toString()));
        arguments.addAll(List.of(options));
        return Answer.to(arguments.toArray(String[]::new));
    }

    private static JsonNode document(Answer answer, String kind, String subject) throws IOException {
        return new ObjectMapper()
                .readTree(answer.out())
                .path("documents")
                .valueStream()
                .filter(document -> document.path("kind").asText().equals(kind)
                        && document.path("subject").asText().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " of " + subject + " is not in " + answer));
    }

    @Test
    void every_role_bucket_and_key_gets_one_document_that_says_where_it_goes() throws IOException {
        // When
        var answer = iam(text -> text);

        // Then
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(0);
        assertThat(new ObjectMapper().readTree(answer.out()).path("documents").valueStream())
                .extracting(document -> document.path("kind").asText() + " "
                        + document.path("subject").asText())
                .containsExactly(
                        "TRUST " + WRITER,
                        "PERMISSIONS " + READER,
                        "PERMISSIONS " + WRITER,
                        "BUCKET_POLICY arn:aws:s3:::example-photos-replica",
                        "KEY_STATEMENTS arn:aws:kms:eu-west-3:111122223333:key/*",
                        "KEY_STATEMENTS"
                                + " arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab");
        assertThat(document(answer, "TRUST", WRITER)
                        .at("/policy/Statement/0/Principal/AWS")
                        .asText())
                .isEqualTo(READER);
        assertThat(document(answer, "TRUST", WRITER)
                        .at("/policy/Statement/0/Condition/StringEquals/sts:ExternalId")
                        .asText())
                .isEqualTo("tidelock-paris");
        assertThat(document(answer, "PERMISSIONS", READER).toString())
                .contains(
                        "put-role-policy --role-name tidelock",
                        "sts:AssumeRole",
                        "arn:aws:s3:::example-photos/originals/*")
                .doesNotContain("s3:PutObject");
        assertThat(document(answer, "BUCKET_POLICY", "arn:aws:s3:::example-photos-replica")
                        .toString())
                .contains(WRITER, "s3:DeleteObject\"", "originals/*")
                .doesNotContain(":root", "PutBucketVersioning", "s3:DeleteObjectVersion");
    }

    @Test
    void source_keys_narrow_what_may_be_decrypted() throws IOException {
        // Given
        var key = "arn:aws:kms:eu-west-3:111122223333:key/0000";

        // When
        var answer = iam(text -> text, "--source-key", key);

        // Then
        assertThat(document(answer, "KEY_STATEMENTS", key)
                        .at("/policy/Statement/0/Action/0")
                        .asText())
                .isEqualTo("kms:Decrypt");
        assertThat(answer.out()).doesNotContain("key/*");
    }

    @Test
    void object_lock_is_asked_for() throws IOException {
        assertThat(iam(text -> text).out()).doesNotContain("Retention");
        assertThat(iam(text -> text, "--object-lock").out())
                .contains(
                        "s3:GetObjectRetention",
                        "s3:PutObjectRetention",
                        "s3:PutObjectLegalHold",
                        "s3:BypassGovernanceRetention");
    }

    @Test
    void s3s_own_replication_gets_a_trust_that_is_bound_to_the_source_bucket() throws IOException {
        // When
        var answer = iam(text -> text, "--for", "s3");

        // Then
        var trust = document(answer, "TRUST", READER).at("/policy/Statement/0");
        assertThat(trust.at("/Principal/Service").asText()).isEqualTo("s3.amazonaws.com");
        assertThat(trust.at("/Condition/ArnEquals/aws:SourceArn").asText()).isEqualTo("arn:aws:s3:::example-photos");
        assertThat(document(answer, "BUCKET_POLICY", "arn:aws:s3:::example-photos-replica")
                        .toString())
                .contains("s3:ReplicateObject", "s3:ReplicateDelete", "s3:ObjectOwnerOverrideToBucketOwner", READER);
    }

    @Test
    void terraform_has_the_same_documents() throws IOException {
        // When
        var answer = iam(text -> text, "--format", "terraform");

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out())
                .contains(
                        "resource \"aws_iam_role\" \"trust_tidelock_writer\"",
                        "resource \"aws_iam_role_policy\" \"permissions_tidelock\"",
                        "resource \"aws_s3_bucket_policy\" \"bucket_policy_example_photos_replica\"",
                        "key_statements_any = <<-JSON",
                        "# Policy of the bucket arn:aws:s3:::example-photos-replica");
    }

    @Test
    void a_person_says_who_stands_behind_keys() throws IOException {
        // Given
        var user = "arn:aws:iam::111122223333:user/replicator";

        // When
        var answer = iam(text -> text, "--principal", "paris=" + user);

        // Then
        assertThat(document(answer, "PERMISSIONS", user).toString()).contains("put-user-policy --user-name replicator");
        assertThat(document(answer, "TRUST", WRITER)
                        .at("/policy/Statement/0/Principal/AWS")
                        .asText())
                .isEqualTo(user);
    }

    @Test
    void everything_that_is_left_open_is_told_at_once() throws IOException {
        // When
        var answer = iam(text -> text.replaceAll("(?m)^ +Role:.*$", "")
                .replaceFirst("    account: \"111122223333\"", "")
                .replace(":key/1234abcd-12ab-34cd-56ef-1234567890ab", ":alias/replicas"));

        // Then
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("stores.paris.account: is not given; give the account that owns the buckets of the store")
                .contains("stores.paris.credentials: does not say whom policies have to name; say it with --principal"
                        + " paris=ARN")
                .contains("3 problems");
    }

    @Test
    void an_alias_cannot_be_named_by_a_policy() throws IOException {
        // When
        var answer = iam(text -> text.replace(":key/1234abcd-12ab-34cd-56ef-1234567890ab", ":alias/replicas"));

        // Then
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("by its alias", "name it by its ARN in ReplicaKmsKeyID");
    }

    @Test
    void a_principal_of_no_store_is_named_with_the_stores_that_there_are() throws IOException {
        // When
        var answer = iam(text -> text, "--principal", "pariss=" + READER);

        // Then
        assertThat(answer.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains(
                        "--principal pariss=...: there is no such store, did you mean \"paris\"?; name one of: frankfurt");
    }

    @Test
    void wrong_options_are_named() throws IOException {
        assertThat(iam(text -> text, "--principal", "tidelock").err())
                .contains("--principal tidelock: must be the ARN of an IAM role or user");
        assertThat(iam(text -> text, "--principal", "arn:aws:iam::1:role/x").err())
                .contains("--principal arn:aws:iam::1:role/x: must be the ARN", "in an account of twelve digits");
        assertThat(iam(text -> text, "--source-key", "alias/x").err())
                .contains("--source-key alias/x: must be the ARN of a KMS key");
    }
}
