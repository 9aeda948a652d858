package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Versioning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tidelock check} says of a world with something missing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckCommandTest {
    private static final KmsKey DISABLED = KmsKey.enabled(
                    TwoRegions.FRANKFURT_REGION, TwoRegions.DESTINATION_ACCOUNT, "55555555-cccc-4ccc-8ccc-555555555555")
            .withState(KmsKey.State.DISABLED);

    private static final String RULES = """
            <ReplicationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
              <Role>arn:aws:iam::111122223333:role/replication</Role>
              <Rule>
                <ID>all</ID><Status>Enabled</Status><Prefix></Prefix>
                <Destination><Bucket>arn:aws:s3:::%s</Bucket></Destination>
              </Rule>
            </ReplicationConfiguration>
            """;

    private Sandbox sandbox;
    private Path directory;

    @BeforeAll
    void start(@TempDir Path secrets) {
        directory = secrets;
        sandbox = TwoRegions.builder()
                .kmsKey(DISABLED)
                .bucket(
                        "never-versioned",
                        TwoRegions.FRANKFURT,
                        TwoRegions.DESTINATION_ACCOUNT,
                        Ownership.OBJECT_WRITER)
                .start();
        sandbox.world()
                .createBucket("plain", TwoRegions.FRANKFURT_REGION, sandbox.account(TwoRegions.DESTINATION_ACCOUNT));
        sandbox.bucket("never-versioned").setVersioning(Versioning.SUSPENDED);
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @Test
    void a_complete_world_has_nothing_missing() throws IOException {
        // When
        var answer = check(yaml -> yaml);

        // Then
        assertThat(answer.out())
                .contains("ok      source bucket paris/photos")
                .contains("ok      destination bucket frankfurt/photos-replica")
                .contains("ok      source paris-events")
                .contains("nothing is missing");
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(sandbox.bucket(TwoRegions.DESTINATION_BUCKET).uploads()).isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}: {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
        bucket: photos}              | bucket: photoz}            | source bucket paris/photoz                  | create the bucket or correct its name
        photos-replica               | never-versioned            | versioning is SUSPENDED                     | enable versioning on the bucket
        photos-replica               | plain                      | versioning is OFF                           | enable versioning on the bucket
        key/44444444                 | key/00000000               | KMS_KEY_NOT_FOUND                           | name an existing key of the bucket's region in ReplicaKmsKeyID
        44444444-bbbb-4bbb-8bbb-444444444444 | 55555555-cccc-4ccc-8ccc-555555555555 | KMS_KEY_INVALID_STATE     | enable the key, or name another
        externalId: tidelock-quickstart | externalId: somebody-else | destination bucket frankfurt/photos-replica | correct the store's credentials; for a role, its trust policy, external id
        topics: [bucket-events]      | topics: [no-such-topic]    | topic no-such-topic does not exist          | create it, or correct the source's topics
        """)
    void what_is_missing_is_named_with_its_remedy(String right, String wrong, String detail, String remedy)
            throws IOException {
        // When
        var answer = check(yaml -> {
            assertThat(yaml).contains(right);
            return yaml.replace(right, wrong);
        });

        // Then
        assertThat(answer.out()).contains("missing ", detail, "-> " + remedy);
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @Test
    void a_role_without_rights_on_the_destination_is_told_which_are_missing() throws IOException {
        // When
        var answer = check(yaml -> {
            var begin = yaml.indexOf("      type: assumeRole");
            var end = yaml.indexOf("sources:");
            return yaml.substring(0, begin)
                    + "      type: static\n      accessKeyId: ${file:key-id}\n      secretAccessKey: ${file:secret}\n"
                    + yaml.substring(end);
        });

        // Then
        assertThat(answer.out())
                .contains("missing destination bucket frankfurt/photos-replica", "DENIED", "-> grant s3:");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @Test
    void rules_of_the_bucket_are_read_and_followed_to_their_destinations() throws IOException {
        // Given
        var bucket = sandbox.bucket(TwoRegions.SOURCE_BUCKET);

        // When
        bucket.setReplication(Optional.empty());
        var without = check(SandboxConfig::rulesFromBucket);
        bucket.setReplication(Optional.of(RULES.formatted("photos-replica")));
        var with = check(SandboxConfig::rulesFromBucket);
        bucket.setReplication(Optional.of(RULES.formatted("elsewhere")));
        var elsewhere = check(SandboxConfig::rulesFromBucket);

        // Then
        assertThat(without.out())
                .contains("missing rules of bucket paris/photos", "the bucket has no replication configuration");
        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(with.out()).contains("ok      destination bucket frankfurt/photos-replica");
        assertThat(with.exitCode()).isEqualTo(0);
        assertThat(elsewhere.out())
                .contains(
                        "destinations does not say which store holds bucket \"elsewhere\"",
                        "-> name the bucket's store");
        assertThat(elsewhere.exitCode()).isEqualTo(2);
    }

    @Test
    void everything_that_is_missing_is_told_at_once_and_as_JSON() throws IOException {
        // Given
        var file = SandboxConfig.write(
                sandbox,
                directory,
                yaml -> yaml.replace("bucket: photos}", "bucket: photoz}")
                        .replace("key/44444444", "key/00000000")
                        .replace("topics: [bucket-events]", "topics: [no-such-topic]"));

        // When
        var answer = Answer.to("check", "--config", file.toString(), "--format", "json");

        // Then
        var json = new ObjectMapper().readTree(answer.out());
        assertThat(json.path("complete").asBoolean(true)).isFalse();
        assertThat(json.path("results")
                        .valueStream()
                        .filter(result -> result.path("status").asText().equals("MISSING"))
                        .map(result -> result.path("subject").asText()))
                .containsExactly(
                        "source paris-events",
                        "source bucket paris/photoz",
                        "destination bucket frankfurt/photos-replica");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @Test
    void a_broker_that_does_not_answer_is_named() throws IOException {
        // When
        var answer = check(yaml -> yaml.replaceFirst("bootstrapServers: \".*\"", "bootstrapServers: \"127.0.0.1:1\""));

        // Then
        assertThat(answer.out())
                .contains("missing kafka 127.0.0.1:1", "does not answer", "-> check kafka.bootstrapServers")
                .contains("ok      source bucket paris/photos");
        assertThat(answer.exitCode()).isEqualTo(2);
    }

    private Answer check(UnaryOperator<String> change) throws IOException {
        var file = SandboxConfig.write(sandbox, directory, change);
        return Answer.to("check", "--config", file.toString());
    }
}
