package io.tidelock.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.iam.GrantDocument;
import io.tidelock.compliance.iam.GrantDocument.Kind;
import io.tidelock.compliance.posture.PostureReader;
import io.tidelock.compliance.snapshot.BucketDocument;
import io.tidelock.deploy.check.CheckResult.Status;
import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.iam.GrantSettings;
import io.tidelock.deploy.iam.LeastPrivilege;
import io.tidelock.deploy.iam.LeastPrivileges;
import io.tidelock.deploy.service.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that are there, beside those that are needed. */
class PrivilegeChecksTest {
    private static final String READER = "arn:aws:iam::111122223333:role/tidelock";
    private static final String WRITER = "arn:aws:iam::444455556666:role/tidelock-writer";
    private static final String BUCKET = "example-photos-replica";

    private final Attached attached = new Attached();
    private TidelockConfig config;

    @BeforeEach
    void load(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("mark"), "this test signs its marks with it");
        var file = Files.writeString(
                directory.resolve("tidelock.yaml"),
                Files.readString(Path.of("examples/aws-two-accounts.yaml"))
                        .replaceAll("(?s)    sasl.jaas.config.*?stores:", "stores:")
                        .replaceAll("authentication:.*", "")
                        .replace("/run/secrets/tidelock-mark-key", "mark"));
        config = ((Loaded.Valid) new ConfigLoader(_ -> null).load(file)).config();
        var known = (LeastPrivilege.Known)
                LeastPrivileges.of(config, Rules.ofAll(config.replication(), Map.of()), GrantSettings.NONE);
        known.documents().forEach(attached::attach);
    }

    private List<CheckResult> check() {
        return PrivilegeChecks.of(config, Map.of(), Map.of("paris", attached, "frankfurt", attached));
    }

    private ObjectNode statement(Map<String, ObjectNode> documents, String subject) {
        return (ObjectNode)
                Objects.requireNonNull(documents.get(subject)).get("Statement").get(0);
    }

    @Test
    void exactly_the_generated_policies_are_fine() {
        assertThat(check()).hasSize(4).allSatisfy(result -> {
            assertThat(result.status()).as(result.detail()).isEqualTo(Status.OK);
            assertThat(result.detail()).isEqualTo("allows what is needed, and nothing else");
        });
    }

    @Test
    void what_is_not_allowed_is_missing_with_its_action_and_resource() {
        // Given
        var statements = (ArrayNode)
                Objects.requireNonNull(attached.permissions.get(WRITER)).get("Statement");
        for (var statement : statements) {
            var actions = (ArrayNode) statement.get("Action");
            for (int i = actions.size() - 1; i >= 0; i--) {
                if (actions.get(i).asText().equals("s3:PutObject")) {
                    actions.remove(i);
                }
            }
        }
        attached.policies.remove(BUCKET);

        // Then
        assertThat(check()).anySatisfy(result -> {
            assertThat(result.status()).isEqualTo(Status.MISSING);
            assertThat(result.subject()).isEqualTo("permissions of " + WRITER);
            assertThat(result.detail())
                    .isEqualTo("may not s3:PutObject on arn:aws:s3:::" + BUCKET + "/originals/*: nothing allows it");
            assertThat(result.remedy()).contains("tidelock iam");
        });
    }

    @Test
    void a_bucket_policy_that_denies_takes_away_what_the_role_is_allowed() {
        // Given
        var deny = Objects.requireNonNull(attached.policies.get(BUCKET)).deepCopy();
        var first = (ObjectNode) deny.get("Statement").get(0);
        first.put("Effect", "Deny")
                .put("Sid", "NoMore")
                .put("Principal", "*")
                .put("Action", "s3:*")
                .put("Resource", "*");
        attached.policies.put(BUCKET, deny);

        // Then
        assertThat(check())
                .anyMatch(result -> result.status() == Status.MISSING
                        && result.detail().contains("an explicit Deny")
                        && result.detail().contains("Sid NoMore"));
    }

    @Test
    void what_is_allowed_beyond_is_too_wide_with_its_statement() {
        // Given
        statement(attached.permissions, WRITER).withArray("Action").add("s3:DeleteObjectVersion");
        statement(attached.policies, BUCKET).putObject("Principal").put("AWS", "arn:aws:iam::444455556666:root");

        // Then
        assertThat(check())
                .anySatisfy(result -> {
                    assertThat(result.status()).isEqualTo(Status.TOO_WIDE);
                    assertThat(result.subject()).isEqualTo("permissions of " + WRITER);
                    assertThat(result.detail())
                            .contains("statement 1 (Sid", "allows s3:DeleteObjectVersion, which is not needed");
                })
                .anySatisfy(result -> {
                    assertThat(result.status()).isEqualTo(Status.TOO_WIDE);
                    assertThat(result.detail()).contains("names arn:aws:iam::444455556666:root, not only " + WRITER);
                });
    }

    @Test
    void a_trust_without_external_id_is_too_wide_and_one_of_somebody_else_missing() {
        // Given
        statement(attached.trusts, WRITER).remove("Condition");

        // Then
        assertThat(check())
                .anyMatch(result -> result.status() == Status.TOO_WIDE
                        && result.detail().contains("does not ask for the external id"));

        // Given
        statement(attached.trusts, WRITER).putObject("Principal").put("AWS", "arn:aws:iam::999999999999:role/x");

        // Then
        assertThat(check())
                .anyMatch(result -> result.status() == Status.MISSING
                        && result.detail().contains("does not let " + READER + " assume it"));
    }

    @Test
    void what_cannot_be_read_is_unknown_and_never_fine() {
        // Given
        attached.denied = true;

        // Then
        assertThat(check()).isNotEmpty().allSatisfy(result -> {
            assertThat(result.status()).isEqualTo(Status.UNKNOWN);
            assertThat(result.detail()).isEqualTo("it could not be read: AccessDenied");
            assertThat(result.remedy()).contains("grant ");
        });
    }

    @Test
    void a_report_tells_wide_and_unknown_apart_from_missing() {
        // Given
        statement(attached.permissions, WRITER).withArray("Action").add("s3:DeleteObjectVersion");
        var report = new CheckReport(List.of(), check());

        // Then
        assertThat(report.complete()).isTrue();
        assertThat(report.exact()).isFalse();
        assertThat(report.table()).contains("wide    permissions of " + WRITER, "nothing is missing, 1 too wide");
    }

    /** Documents that are attached. */
    private static final class Attached implements PostureReader {
        private final Map<String, ObjectNode> policies = new HashMap<>();
        private final Map<String, ObjectNode> trusts = new HashMap<>();
        private final Map<String, ObjectNode> permissions = new HashMap<>();
        private boolean denied;

        void attach(GrantDocument document) {
            if (document.kind() == Kind.BUCKET_POLICY) {
                policies.put(document.subject().substring("arn:aws:s3:::".length()), document.policy());
            } else if (document.kind() == Kind.TRUST) {
                trusts.put(document.subject(), document.policy());
            } else if (document.kind() == Kind.PERMISSIONS) {
                permissions.put(document.subject(), document.policy());
            }
        }

        private Collected<JsonNode> of(Map<String, ObjectNode> documents, String subject) {
            if (denied) {
                return new Collected.Unavailable<>("AccessDenied");
            }
            var found = documents.get(subject);
            return found == null ? new Collected.NotConfigured<>() : new Collected.Known<>(found);
        }

        @Override
        public Collected<JsonNode> document(String bucket, BucketDocument which) {
            return of(policies, bucket);
        }

        @Override
        public Collected<JsonNode> accountBlock(String account) {
            return new Collected.NotCollected<>();
        }

        @Override
        public Collected<JsonNode> trust(String roleArn) {
            return of(trusts, roleArn);
        }

        @Override
        public Collected<JsonNode> permissions(String roleArn) {
            return of(permissions, roleArn);
        }

        @Override
        public void close() {}
    }
}
