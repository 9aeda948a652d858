package io.tidelock.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies that are there, beside those that are needed. */
class PrivilegeChecksTest {
    private static final String READER = "arn:aws:iam::111122223333:role/tidelock";
    private static final String WRITER = "arn:aws:iam::444455556666:role/tidelock-writer";
    private static final String BUCKET = "example-photos-replica";
    private static final String KEY = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

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
        assertThat(check()).hasSize(5).allSatisfy(result -> {
            assertThat(result.status()).as(result.detail()).isEqualTo(Status.OK);
            assertThat(result.detail()).isEqualTo("allows what is needed, and nothing else");
        });
    }

    @Test
    void what_is_not_allowed_is_missing_with_its_action_and_resource() {
        // Given
        removeAction(attached.permissions, WRITER, "s3:PutObject");
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
    void a_key_that_leaves_it_to_its_account_is_fine_and_the_roles_own_policy_decides() {
        // Given
        attached.keys.put(KEY, key("arn:aws:iam::444455556666:root", "kms:*"));

        // Then
        assertThat(check())
                .allSatisfy(result ->
                        assertThat(result.status()).as(result.detail()).isEqualTo(Status.OK));

        // Given
        removeAction(attached.permissions, WRITER, "kms:GenerateDataKey");

        // Then
        assertThat(check())
                .filteredOn(result -> result.status() != Status.OK)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.status()).isEqualTo(Status.MISSING);
                    assertThat(result.subject()).isEqualTo("permissions of " + WRITER);
                    assertThat(result.detail())
                            .isEqualTo("may not kms:GenerateDataKey on " + KEY + ": nothing allows it");
                });
    }

    @Test
    void a_key_that_names_the_role_needs_no_permission_of_the_roles_own() {
        // Given
        removeAction(attached.permissions, WRITER, "kms:GenerateDataKey");

        // Then
        assertThat(check()).allMatch(result -> result.status() == Status.OK);
    }

    @Test
    void a_key_that_says_nothing_of_the_role_is_told_once_with_all_that_is_missing() {
        // Given
        attached.keys.put(KEY, key("arn:aws:iam::444455556666:role/other", "kms:*"));

        // Then
        assertThat(check())
                .filteredOn(result -> result.status() != Status.OK)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.status()).isEqualTo(Status.MISSING);
                    assertThat(result.subject()).isEqualTo("policy of the key " + KEY);
                    assertThat(result.detail())
                            .isEqualTo("does not let " + WRITER + " kms:GenerateDataKey, kms:Encrypt, kms:Decrypt"
                                    + " (nothing allows it), unless a grant does");
                });
    }

    @Test
    void a_key_that_gives_the_role_more_or_others_with_it_is_too_wide() {
        // Given
        var policy = key(WRITER, "kms:*");
        ((ArrayNode) policy.at("/Statement/0/Principal/AWS")).add("arn:aws:iam::999999999999:root");
        attached.keys.put(KEY, policy);

        // Then
        assertThat(check())
                .filteredOn(result -> result.status() != Status.OK)
                .allMatch(result ->
                        result.status() == Status.TOO_WIDE && result.subject().equals("policy of the key " + KEY))
                .extracting(CheckResult::detail)
                .anyMatch(detail ->
                        detail.contains("statement 1 (Sid Use) allows") && detail.endsWith("which is not needed"))
                .anyMatch(detail -> detail.contains("names arn:aws:iam::999999999999:root, not only " + WRITER))
                .anyMatch(detail -> detail.contains("allows kms:Decrypt on * without the condition"));
    }

    @Test
    void a_key_whose_policy_depends_on_what_is_not_known_is_unknown() {
        // Given
        var policy = key("arn:aws:iam::444455556666:root", "kms:*");
        ((ObjectNode) policy.at("/Statement/0"))
                .putObject("Condition")
                .putObject("StringEquals")
                .put("aws:SourceVpce", "vpce-1");
        attached.keys.put(KEY, policy);

        // Then
        assertThat(check())
                .filteredOn(result -> result.status() != Status.OK)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.status()).isEqualTo(Status.UNKNOWN);
                    assertThat(result.detail()).contains("may or may not let " + WRITER);
                });
    }

    @Test
    void the_key_that_the_source_bucket_encrypts_with_is_compared_too() {
        // Given
        var key = "arn:aws:kms:eu-west-3:111122223333:key/22222222-aaaa-4aaa-8aaa-222222222222";
        attached.encryption = JsonNodeFactory.instance.objectNode();
        attached.encryption
                .putArray("Rules")
                .addObject()
                .putObject("ApplyServerSideEncryptionByDefault")
                .put("SSEAlgorithm", "aws:kms")
                .put("KMSMasterKeyID", key);
        attached.keys.put(key, key("arn:aws:iam::111122223333:role/other", "kms:*"));

        // Then
        assertThat(check())
                .filteredOn(result -> result.subject().equals("policy of the key " + key))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.status()).isEqualTo(Status.MISSING);
                    assertThat(result.detail()).contains("does not let " + READER + " kms:Decrypt");
                });
    }

    private static ObjectNode key(String principal, String action) {
        var document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        var statement = document.putArray("Statement").addObject();
        statement.put("Sid", "Use").put("Effect", "Allow").put("Action", action).put("Resource", "*");
        statement.putObject("Principal").putArray("AWS").add(principal);
        return document;
    }

    private static void removeAction(Map<String, ObjectNode> documents, String subject, String action) {
        for (var statement : Objects.requireNonNull(documents.get(subject)).get("Statement")) {
            var actions = (ArrayNode) statement.get("Action");
            for (int i = actions.size() - 1; i >= 0; i--) {
                if (actions.get(i).asText().equals(action)) {
                    actions.remove(i);
                }
            }
        }
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
        private final Map<String, ObjectNode> keys = new HashMap<>();
        private @Nullable ObjectNode encryption;
        private boolean denied;

        void attach(GrantDocument document) {
            if (document.kind() == Kind.BUCKET_POLICY) {
                policies.put(document.subject().substring("arn:aws:s3:::".length()), document.policy());
            } else if (document.kind() == Kind.TRUST) {
                trusts.put(document.subject(), document.policy());
            } else if (document.kind() == Kind.PERMISSIONS) {
                permissions.put(document.subject(), document.policy());
            } else {
                keys.put(document.subject(), document.policy());
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
            return which == BucketDocument.ENCRYPTION
                    ? Optional.ofNullable(encryption)
                            .<Collected<JsonNode>>map(Collected.Known::new)
                            .orElseGet(Collected.NotConfigured::new)
                    : of(policies, bucket);
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
        public Collected<JsonNode> keyPolicy(String keyArn) {
            return of(keys, keyArn);
        }

        @Override
        public void close() {}
    }
}
