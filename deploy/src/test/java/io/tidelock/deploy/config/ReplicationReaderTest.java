package io.tidelock.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.budget.BudgetSettings;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.store.s3.S3Settings;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationReaderTest {
    private static final String XML = """
        <ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <Role>arn:aws:iam::111122223333:role/replication</Role>
          <Rule>
            <ID>all</ID><Status>Enabled</Status><Prefix>in/</Prefix>
            <Destination><Bucket>arn:aws:s3:::photos-replica</Bucket></Destination>
          </Rule>
        </ReplicationConfiguration>
        """;

    @TempDir
    Path directory;

    private ConfigFile file;

    @BeforeEach
    void name() {
        file = new ConfigFile(directory);
    }

    @Test
    void rules_of_the_file_become_the_rules_of_the_bucket() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID
                .replace("    configuration:", "    history: current\n    configuration:")
                .replace("    configuration:", "    keyPrefixes: {photos-replica: {to: copy/}}\n    configuration:"));

        // Then
        var replication = ((Loaded.Valid) loaded).config().replication().getFirst();
        assertThat(replication.source()).isEqualTo(new Bucket("paris", "photos"));
        assertThat(replication.history()).isEqualTo(BucketRules.History.CURRENT);
        assertThat(replication.rules()).hasValueSatisfying(rules -> {
            assertThat(rules).hasSize(1);
            var whole = replication.with(rules);
            assertThat(whole.destinationOf(rules.getFirst())).isEqualTo(new Bucket("frankfurt", "photos-replica"));
            assertThat(whole.keysOf(rules.getFirst()).replicaKey("a")).isEqualTo("copy/a");
        });
    }

    @Test
    void acls_are_mapped_by_destination_and_copied_otherwise() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID.replace(
                "    configuration:",
                "    acls: {photos-replica: {grantees: {auditor: theirs}, unmappedKept: false}}\n    configuration:"));
        var plain = file.load(ConfigFile.VALID);

        // Then
        assertThat(aclOf(loaded)).isEqualTo(new AclPolicy(true, Map.of("auditor", "theirs"), false));
        assertThat(aclOf(plain)).isEqualTo(AclPolicy.COPY);
    }

    @Test
    void rule_02_a_marker_policy_may_be_left_out_where_that_is_set() throws IOException {
        // Given
        var unsaid = ConfigFile.VALID.replaceFirst(" *DeleteMarkerReplication:.*\n", "");

        // When
        var refused = file.load(unsaid);
        var allowed =
                file.load(unsaid.replace("    configuration:", "    deleteMarkersUnsaid: true\n    configuration:"));

        // Then
        assertThat(refused.toString()).contains("deleteMarkersUnsaid lifts this");
        assertThat(((Loaded.Valid) allowed).config().replication().getFirst().rules())
                .hasValueSatisfying(
                        rules -> assertThat(rules.getFirst().deleteMarkers()).isFalse());
    }

    @Test
    void owners_are_always_verified_where_a_destination_says_so() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID.replace(
                "    configuration:", "    ownerChecks: {photos-replica: always}\n    configuration:"));
        var sampled = file.load(ConfigFile.VALID);
        var unknown = file.load(ConfigFile.VALID.replace(
                "    configuration:", "    ownerChecks: {photos-replica: never}\n    configuration:"));
        var elsewhere = file.load(ConfigFile.VALID.replace(
                "    configuration:", "    ownerChecks: {elsewhere: always}\n    configuration:"));

        // Then
        assertThat(ownersAlwaysVerified(loaded)).isTrue();
        assertThat(ownersAlwaysVerified(sampled)).isFalse();
        assertThat(unknown.toString()).contains("ownerChecks").contains("never");
        assertThat(elsewhere.toString()).contains("is none of the destinations");
    }

    private static boolean ownersAlwaysVerified(Loaded loaded) {
        var replication = ((Loaded.Valid) loaded).config().replication().getFirst();
        var rules = replication.with(replication.rules().orElseThrow()).rules();
        return rules.getFirst().destination().ownersAlwaysVerified();
    }

    @Test
    void an_encryption_context_belongs_to_the_rules_of_its_destination() throws IOException {
        // When
        var loaded = file.load(ConfigFile.VALID.replace(
                "    configuration:",
                "    encryptionContexts: {photos-replica: {team: \"photos\", stage: live}}\n    configuration:"));
        var reserved = file.load(ConfigFile.VALID.replace(
                "    configuration:",
                "    encryptionContexts: {photos-replica: {\"aws:s3:arn\": \"x\"}}\n    configuration:"));
        var elsewhere = file.load(ConfigFile.VALID.replace(
                "    configuration:", "    encryptionContexts: {elsewhere: {team: photos}}\n    configuration:"));

        // Then
        assertThat(loaded).isInstanceOfSatisfying(Loaded.Valid.class, valid -> {
            var replication = valid.config().replication().getFirst();
            var rules = replication.with(replication.rules().orElseThrow()).rules();
            assertThat(rules)
                    .allSatisfy(rule -> assertThat(rule.destination().encryptionContext())
                            .containsExactly(Map.entry("stage", "live"), Map.entry("team", "photos")));
        });
        assertThat(reserved.toString()).contains("aws:s3:arn");
        assertThat(elsewhere.toString()).contains("is none of the destinations");
    }

    @Test
    void budgets_are_those_of_stores_and_of_rules() throws IOException {
        // When
        var loaded = (Loaded.Valid) file.load(ConfigFile.VALID
                .replace("    configuration:", "    budgets: {all: {bytesPerSecond: 70000}}\n    configuration:")
                .replaceFirst("region:", "budget: {requestsPerSecond: 5}\n    region:"));

        // Then
        assertThat(loaded.config().replication().getFirst().budgets())
                .isEqualTo(Map.of("all", new BudgetSettings(OptionalLong.empty(), OptionalLong.of(70_000))));
        assertThat(loaded.config().stores().values())
                .extracting(S3Settings::budget)
                .containsOnlyOnce(new BudgetSettings(OptionalLong.of(5), OptionalLong.empty()))
                .contains(BudgetSettings.NONE);
    }

    @Test
    void budgets_of_no_rule_and_out_of_bounds_are_named() throws IOException {
        // When
        var unknown = (Loaded.Invalid) file.load(ConfigFile.VALID.replace(
                "    configuration:", "    budgets: {al: {requestsPerSecond: 7}}\n    configuration:"));
        var none = (Loaded.Invalid) file.load(ConfigFile.VALID.replace(
                "    configuration:", "    budgets: {all: {requestsPerSecond: 0}}\n    configuration:"));

        // Then
        assertThat(unknown.problems())
                .singleElement()
                .asString()
                .contains("replication[0].budgets.al", "is the ID of no rule, did you mean \"all\"?");
        assertThat(none.problems())
                .singleElement()
                .asString()
                .contains("replication[0].budgets.all.requestsPerSecond", "write a number from 1 to 1000000");
    }

    private static AclPolicy aclOf(Loaded loaded) {
        var replication = ((Loaded.Valid) loaded).config().replication().getFirst();
        return replication
                .with(replication.rules().orElseThrow())
                .aclOf(replication.rules().orElseThrow().getFirst());
    }

    @Test
    void what_speaks_of_no_destination_and_readings_too_rare_are_named() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID.replace(
                "    configuration:",
                "    acls: {photos-repliac: {copied: false}}\n    readEvery: 2d\n    configuration:"));

        // Then
        assertThat(problems)
                .anyMatch(problem -> problem.contains("replication[0].acls.photos-repliac: is none of the destinations"
                        + ", did you mean \"photos-replica\"?"))
                .anyMatch(problem -> problem.contains("replication[0].readEvery")
                        && problem.contains("choose a time from 10s to 1d"));
    }

    @Test
    void rules_may_stand_in_a_file_of_XML_beside_the_configuration() throws IOException {
        // Given
        Files.writeString(directory.resolve("rules.xml"), XML);

        // When
        var loaded = file.load(withFile("rules.xml"));

        // Then
        assertThat(((Loaded.Valid) loaded).config().replication().getFirst().rules())
                .hasValueSatisfying(
                        rules -> assertThat(rules.getFirst().filter().prefix()).isEqualTo("in/"));
    }

    @Test
    void rules_of_the_bucket_are_left_for_later() throws IOException {
        // When
        var loaded = file.load(withFile("x").replace("configurationFile: x", "fromBucket: true"));

        // Then
        assertThat(((Loaded.Valid) loaded).config().replication().getFirst().rules())
                .isEmpty();
    }

    @Test
    void a_rules_file_that_is_missing_or_wrong_is_named() throws IOException {
        // Given
        Files.writeString(directory.resolve("wrong.xml"), XML.replace("Enabled", "On"));

        // When
        var missing = file.problems(withFile("none.xml"));
        var wrong = file.problems(withFile("wrong.xml"));

        // Then
        assertThat(missing)
                .singleElement()
                .asString()
                .contains("replication[0].configurationFile: names a file that cannot be read: \"none.xml\"");
        assertThat(wrong)
                .singleElement()
                .asString()
                .contains(
                        "replication[0].configurationFile: \"wrong.xml\", line 4: rule \"all\", Status: must be Enabled")
                .endsWith("was \"On\"");
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        Status: Enabled                       | Status: On                      | tidelock.yaml:30:11: replication[0].configuration: rule "all", Status
        Priority: 1                           | Prioritee: "1"                  | replication[0].configuration: rule "all", Prioritee
        DeleteMarkerReplication: {Status: Enabled} | DeleteMarkerReplication: {Status: Perhaps} | tidelock.yaml:33:37: replication[0].configuration
        photos-replica: frankfurt             | photos-replicas: frankfurt      | replication[0].destinations: does not say which store holds the bucket "photos-replica" of the rule "all", did you mean "photos-replicas"?
        photos-replica: frankfurt             | {photos-replica: frankfurt, b-2: paris} | tidelock.yaml:25:
        {photos-replica: frankfurt}           | {photos-replica: frankfurt, b-2: paris} | replication[0].destinations.b-2: is the Destination.Bucket of no rule
        {Bucket: "arn:aws:s3:::photos-replica"} | {Bucket: "arn:aws:s3:::photos-replica", Account: "444455556666", AccessControlTranslation: {Owner: Destination}} | stores.frankfurt: has no account, and the rule "all" gives its replicas to the account 444455556666; add account: "444455556666"
        """)
    void what_does_not_fit_is_named_with_its_place(String right, String wrong, String expected) throws IOException {
        // Given
        assertThat(ConfigFile.VALID).contains(right);

        // When
        var problems = file.problems(ConfigFile.VALID.replace(right, wrong));

        // Then
        assertThat(problems).anyMatch(problem -> problem.contains(expected));
    }

    @Test
    void every_wrong_type_in_rules_has_its_own_place() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID
                .replace("Status: Enabled\n", "Status: true\n")
                .replace("Priority: 1", "Priority: one")
                .replace("Filter: {}", "Filter: {Prefix: [x], Foo: 1}"));

        // Then
        assertThat(problems)
                .hasSize(4)
                .anyMatch(problem -> problem.contains("yaml:30:11: ") && problem.contains("Status: must be a text"))
                .anyMatch(problem -> problem.contains("yaml:31:11: ") && problem.contains("Priority: must be a whole"))
                .anyMatch(problem -> problem.contains("yaml:32:20: ") && problem.contains("Filter/Prefix: must be"))
                .anyMatch(problem -> problem.contains("yaml:32:33: ") && problem.contains("Filter/Foo: is not an"))
                .noneMatch(problem -> problem.contains("line 1"));
    }

    @Test
    void an_account_that_is_not_the_destination_stores_is_named() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID
                .replace("region: eu-central-1", "region: eu-central-1\n    account: \"777788889999\"")
                .replace("::photos-replica\"}", "::photos-replica\", Account: \"444455556666\"}"));

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("has Destination.Account 444455556666, and the store frankfurt has the account 777788889999");
    }

    @Test
    void a_key_of_another_region_than_the_destinations_is_named() throws IOException {
        // When
        var problems =
                file.problems(ConfigFile.VALID.replace("Destination: {Bucket: \"arn:aws:s3:::photos-replica\"}", """
                    SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                              Destination:
                                Bucket: arn:aws:s3:::photos-replica
                                EncryptionConfiguration: {ReplicaKmsKeyID: "arn:aws:kms:eu-west-3:444455556666:key/1"}
                    """));

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("encrypts with a key of the region eu-west-3, and the store frankfurt is in eu-central-1");
    }

    @Test
    void two_sources_of_the_same_keys_are_refused() throws IOException {
        // When
        var second = ConfigFile.VALID
                .substring(ConfigFile.VALID.indexOf("  - source:"))
                .replace("photos}", "films}");
        var problems = file.problems(ConfigFile.VALID + second);

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("replication: replication of paris/films", "both write keys beginning with \"\"");
    }

    @Test
    void a_bucket_does_not_replicate_to_itself() throws IOException {
        // When
        var problems = file.problems(
                ConfigFile.VALID.replace("photos-replica", "photos").replace("{photos: frankfurt}", "{photos: paris}"));

        // Then
        assertThat(problems).singleElement().asString().contains("the destination bucket is the source bucket");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /dev/zero | names a device or a pipe, not a file: "/dev/zero"
        .         | names a directory, not a file: "."
        """)
    void only_a_regular_file_is_read_for_rules(String name, String expected) throws IOException {
        // When
        var problems = file.problems(withFile(name));

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("replication[0].configurationFile: " + expected, "name a file that holds");
    }

    @Test
    void a_rules_file_is_read_no_further_than_a_document_goes() throws IOException {
        // Given
        Files.writeString(directory.resolve("long.xml"), XML + " ".repeat(2 << 20));

        // When
        var problems = file.problems(withFile("long.xml"));

        // Then
        assertThat(problems).singleElement().asString().contains("names a file of more than 2097152 bytes");
    }

    @Test
    void a_byte_order_mark_before_rules_is_skipped() throws IOException {
        // Given
        Files.writeString(directory.resolve("rules.xml"), "\uFEFF" + XML);

        // When
        var loaded = file.load(withFile("rules.xml"));

        // Then
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "ISO-8859-1"})
    void rules_that_are_not_UTF_8_are_refused_as_such(String charset) throws IOException {
        // Given
        Files.writeString(directory.resolve("rules.xml"), XML.replace("in/", "b\u00e4r/"), Charset.forName(charset));

        // When
        var problems = file.problems(withFile("rules.xml"));

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("names a file that is not UTF-8 text: \"rules.xml\"; save it as UTF-8");
    }

    private static String withFile(String name) {
        var end = ConfigFile.VALID.indexOf("    configuration:");
        return ConfigFile.VALID.substring(0, end) + "    configurationFile: " + name + "\n";
    }
}
