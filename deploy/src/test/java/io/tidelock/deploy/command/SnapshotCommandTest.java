package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.deploy.service.SandboxConfig;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidelock snapshot} exports of a sandbox, and what {@code tidelock assess} says of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotCommandTest {
    private static final String DENY_VERSIONING = """
            {"Version": "2012-10-17", "Statement": [{"Sid": "Blind", "Effect": "Deny", "Principal": "*",
             "Action": "s3:GetBucketVersioning", "Resource": "arn:aws:s3:::photos"}]}""";

    private Sandbox sandbox;
    private Path config;

    @TempDir
    Path exports;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        sandbox = TwoRegions.silent().start();
        config = SandboxConfig.write(sandbox, directory, yaml -> yaml);
    }

    @AfterEach
    void undeny() {
        sandbox.bucket(TwoRegions.SOURCE_BUCKET).settings().setPolicy(Optional.empty());
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    private JsonNode exported(String name) throws IOException {
        return new ObjectMapper().readTree(exports.resolve(name).toFile());
    }

    private Answer snapshot() {
        return Answer.to("snapshot", "--config", config.toString(), "--out", exports.toString());
    }

    @Test
    void every_bucket_becomes_a_file_with_what_is_known_and_what_is_not_configured() throws IOException {
        // When
        var answer = snapshot();

        // Then
        assertThat(answer.out()).contains("paris_photos.json", "frankfurt_photos-replica.json");
        try (var files = Files.list(exports)) {
            assertThat(files).hasSize(2);
        }
        var source = exported("paris_photos.json");
        assertThat(source.at("/bucket/name").asText()).isEqualTo("photos");
        assertThat(source.at("/bucket/account").asText()).isEqualTo(TwoRegions.SOURCE_ACCOUNT);
        assertThat(source.at("/bucket/versioning/Status").asText()).isEqualTo("Enabled");
        assertThat(source.at("/bucket/policy").isNull()).isTrue();
        assertThat(source.at("/bucket/acl/Owner/ID").asText()).hasSize(64);
        assertThat(source.at("/bucket/acl/Grants/0/Permission").asText()).isEqualTo("FULL_CONTROL");
        assertThat(source.at("/bucket/acl/Grants/0/Grantee/Type").asText()).isEqualTo("CanonicalUser");
        assertThat(source.at("/bucket/ownershipControls/Rules/0/ObjectOwnership")
                        .asText())
                .isEqualTo("BucketOwnerEnforced");
        assertThat(source.at("/otherBuckets/0/name").asText()).isEqualTo("photos-replica");
        assertThat(source.at("/role/arn").asText()).isEqualTo("arn:aws:iam::111122223333:role/replication");
        assertThat(source.at("/trusted/accounts").toString())
                .contains(TwoRegions.SOURCE_ACCOUNT, TwoRegions.DESTINATION_ACCOUNT);
        assertThat(source.at("/settings").isObject()).isTrue();
        assertThat(exported("frankfurt_photos-replica.json").at("/role").isNull())
                .isTrue();
    }

    @Test
    void a_file_in_the_place_of_the_directory_is_named_with_what_to_do() throws IOException {
        // Given
        var file = Files.writeString(exports.resolve("file"), "x");

        // When
        var there = Answer.to("snapshot", "--config", config.toString(), "--out", file.toString());
        var below = Answer.to(
                "snapshot",
                "--config",
                config.toString(),
                "--out",
                file.resolve("x").toString());

        // Then
        assertThat(there.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(there.err()).contains("--out " + file + ": is a file; name a directory");
        assertThat(below.exitCode()).isEqualTo(ExitCode.ERROR);
        assertThat(below.err()).contains("cannot be made", "name a directory that this user may write to");
        Files.delete(file);
    }

    @Test
    void no_document_is_left_out_by_accident() throws IOException {
        // When
        snapshot();

        // Then
        assertThat(exported("paris_photos.json").path("bucket").fieldNames())
                .toIterable()
                .contains(
                        "policy",
                        "acl",
                        "publicAccessBlock",
                        "ownershipControls",
                        "versioning",
                        "encryption",
                        "logging",
                        "objectLock",
                        "lifecycle",
                        "notification",
                        "replication",
                        "cors",
                        "tagging");
    }

    @Test
    void assess_reads_the_directory_and_decides() throws IOException {
        // Given
        snapshot();

        // When
        var answer = Answer.to("assess", "--snapshot", exports.toString(), "--format", "json");

        // Then
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isNotEqualTo(ExitCode.ERROR);
        assertThat(answer.out().lines().map(SnapshotCommandTest::versioning)).containsExactly("COMPLIANT", "COMPLIANT");
    }

    @Test
    void a_document_that_is_denied_is_unavailable_and_its_control_unknown() throws IOException {
        // Given
        sandbox.bucket(TwoRegions.SOURCE_BUCKET).settings().setPolicy(Optional.of(DENY_VERSIONING));

        // When
        var answer = snapshot();
        var assessed = Answer.to("assess", "--snapshot", exports.toString(), "--format", "json");

        // Then
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.err()).contains("unavailable paris/photos versioning: AccessDenied");
        assertThat(exported("paris_photos.json").at("/bucket/versioning").toString())
                .isEqualTo("{\"$unavailable\":\"AccessDenied\"}");
        assertThat(exported("paris_photos.json")
                        .at("/bucket/policy/Statement/0/Sid")
                        .asText())
                .isEqualTo("Blind");
        assertThat(assessed.out().lines().map(SnapshotCommandTest::versioning))
                .containsExactlyInAnyOrder("UNKNOWN", "COMPLIANT");
    }

    @Test
    void lines_on_standard_output_are_the_same_snapshots() throws IOException {
        // Given
        snapshot();

        // When
        var lines = Answer.to("snapshot", "--config", config.toString())
                .out()
                .lines()
                .toList();

        // Then
        assertThat(lines).hasSize(2);
        assertThat(new ObjectMapper().readTree(lines.getFirst())).isEqualTo(exported("paris_photos.json"));
    }

    @Test
    void a_dry_run_says_what_would_be_read_and_reads_nothing() throws IOException {
        // Given
        var before = sandbox.region(TwoRegions.PARIS).server().counts().total();

        // When
        var answer = Answer.to("snapshot", "--config", config.toString(), "--out", exports.toString(), "--dry-run");

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out()).contains("paris/photos: 17 documents", "frankfurt_photos-replica.json");
        assertThat(exports).isEmptyDirectory();
        assertThat(sandbox.region(TwoRegions.PARIS).server().counts().total()).isEqualTo(before);
    }

    @Test
    void a_store_that_does_not_answer_makes_everything_unavailable() throws IOException {
        // Given
        var broken = Files.writeString(
                config.resolveSibling("broken.yaml"),
                Files.readString(config)
                        .replace(sandbox.region(TwoRegions.PARIS).endpoint().toString(), "http://127.0.0.1:1"));

        // When
        var answer = Answer.to("snapshot", "--config", broken.toString(), "--out", exports.toString());

        // Then
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(exported("paris_photos.json")
                        .at("/bucket/policy/$unavailable")
                        .asText())
                .isEqualTo("Unreachable");
        assertThat(exported("paris_photos.json")
                        .at("/account/publicAccessBlock/$unavailable")
                        .asText())
                .isEqualTo("Unreachable");
    }

    private static String versioning(String line) {
        try {
            return new ObjectMapper()
                    .readTree(line)
                    .at("/verdicts/versioning/verdict")
                    .asText();
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
