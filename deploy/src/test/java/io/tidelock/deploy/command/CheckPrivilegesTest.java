package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock check} says of the policies of keys and of attached policies, which it reads over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckPrivilegesTest {
    private static final String KEY = "policy of the key " + TwoRegions.DESTINATION_KEY_ARN;
    private static final String ROOT = "arn:aws:iam::" + TwoRegions.DESTINATION_ACCOUNT + ":root";
    private static final String THROUGH_S3 = """
        , "Condition": {"StringEquals": {"kms:ViaService": "s3.eu-central-1.amazonaws.com"}, "StringLike":
         {"kms:EncryptionContext:aws:s3:arn": ["arn:aws:s3:::photos-replica", "arn:aws:s3:::photos-replica/*"]}}\
        """;
    private static final String ADMINISTRATION = """
        {"Sid": "Administration", "Effect": "Allow", "Principal": {"AWS": "%s"},
         "Action": ["kms:Get*", "kms:Put*"], "Resource": "*"}\
        """.formatted(ROOT);

    private Sandbox sandbox;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path secrets) {
        directory = secrets;
        sandbox = Sandbox.twoRegions();
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @AfterEach
    void reset() {
        sandbox.world().kmsKeys().resetPolicy(TwoRegions.DESTINATION_KEY_ARN);
    }

    @Test
    void the_default_policy_of_a_key_leaves_it_to_the_role_and_is_fine() throws IOException {
        assertThat(check()).contains("ok      " + KEY + "  allows what is needed, and nothing else");
    }

    @Test
    void a_policy_that_names_the_role_with_all_it_needs_is_fine() throws IOException {
        // Given
        policy(statement(
                TwoRegions.WRITER_ROLE_ARN, "\"kms:GenerateDataKey\", \"kms:Encrypt\", \"kms:Decrypt\"", THROUGH_S3));

        // Then
        assertThat(check()).contains("ok      " + KEY);
    }

    @Test
    void what_a_key_does_not_let_the_role_do_is_missing() throws IOException {
        // Given
        policy(statement(TwoRegions.WRITER_ROLE_ARN, "\"kms:GenerateDataKey\", \"kms:Encrypt\"", THROUGH_S3));

        // When
        var table = check();

        // Then
        assertThat(table)
                .contains("missing " + KEY)
                .contains("does not let " + TwoRegions.WRITER_ROLE_ARN
                        + " kms:Decrypt (nothing allows it), unless a grant does");
    }

    @Test
    void what_a_key_lets_the_role_do_beyond_is_too_wide_with_its_statement() throws IOException {
        // Given
        policy(statement(TwoRegions.WRITER_ROLE_ARN, "\"kms:*\"", ""));

        // Then
        assertThat(check())
                .contains("wide    " + KEY)
                .contains("statement 2 (Sid Use) allows kms:CreateGrant", "without the condition");
    }

    @Test
    void a_key_whose_policy_may_not_be_read_is_unknown_with_the_permission_to_grant() throws IOException {
        // Given
        sandbox.world().kmsKeys().setPolicy(TwoRegions.DESTINATION_KEY_ARN, """
            {"Version": "2012-10-17", "Statement": [%s]}\
            """.formatted(
                        statement(ROOT, "\"kms:Decrypt\", \"kms:Encrypt\", \"kms:GenerateDataKey\"", "")));

        // Then
        assertThat(check())
                .contains("unknown " + KEY + "  it could not be read: AccessDeniedException")
                .contains("grant kms:GetKeyPolicy");
    }

    @Test
    void what_a_role_has_by_attached_policies_counts() throws IOException {
        // Given
        var role = new Role(
                        TwoRegions.DESTINATION_ACCOUNT,
                        "attached-writer",
                        Set.of(TwoRegions.SOURCE_ACCOUNT),
                        TwoRegions.EXTERNAL_ID)
                .attach("s3", allow("s3:*"))
                .attach("kms-some", allow("kms:GenerateDataKey"))
                .attach("kms-more", allow("kms:Encrypt"))
                .attach("kms-check", allow("kms:GetKeyPolicy"));
        sandbox.world().add(sandbox.account(TwoRegions.DESTINATION_ACCOUNT).withRole(role));
        var subject = "permissions of " + role.arn();

        // When
        var table = check(role.arn());

        // Then
        assertThat(table)
                .contains("missing " + subject, "wide    " + subject)
                .contains("may not kms:Decrypt on " + TwoRegions.DESTINATION_KEY_ARN + ": nothing allows it")
                .doesNotContain("may not kms:Encrypt", "may not s3:");
    }

    private void policy(String statement) {
        sandbox.world().kmsKeys().setPolicy(TwoRegions.DESTINATION_KEY_ARN, """
            {"Version": "2012-10-17", "Statement": [%s, %s]}\
            """.formatted(ADMINISTRATION, statement));
    }

    private static String statement(String principal, String actions, String more) {
        return """
            {"Sid": "Use", "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": [%s], "Resource": "*" %s}\
            """.formatted(principal, actions, more);
    }

    private static String allow(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" + action
                + "\", \"Resource\": \"*\"}}";
    }

    private String check() throws IOException {
        return check(TwoRegions.WRITER_ROLE_ARN);
    }

    private String check(String writer) throws IOException {
        var file = SandboxConfig.write(sandbox, directory, yaml -> yaml.replace(TwoRegions.WRITER_ROLE_ARN, writer));
        return Answer.to("check", "--config", file.toString()).out();
    }
}
