package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts on exported documents, as pipelines and people get them. */
class AssessCommandTest {
    private static final String PUBLIC = """
        {"bucket": {"name": "photos", "publicAccessBlock": null, "policy": {"Version": "2012-10-17", "Statement":
          [{"Sid": "Open", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*"}]}},
         "account": {"id": "111122223333", "publicAccessBlock": null}}\
        """;
    private static final String VERSIONED =
            "{\"bucket\": {\"name\": \"photos\", \"versioning\": {\"Status\": \"Enabled\"}}}";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int assess(String... arguments) {
        return TidelockCommand.commandLine(new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
    }

    private Path snapshot(String name, String json) throws IOException {
        return Files.writeString(directory.resolve(name), json);
    }

    @Test
    void a_public_bucket_is_named_with_the_statement_that_opens_it() throws IOException {
        // When
        var code = assess("assess", "--snapshot", snapshot("a.json", PUBLIC).toString(), "--format", "json");

        // Then
        assertThat(code).isEqualTo(ExitCode.FINDINGS);
        var line = new ObjectMapper().readTree(out.toString());
        assertThat(line.at("/snapshot").asText()).isEqualTo("a.json");
        assertThat(line.at("/verdicts/policy-public/verdict").asText()).isEqualTo("VIOLATION");
        assertThat(line.at("/verdicts/policy-public/evidence/0").asText()).contains("Open");
        assertThat(line.at("/verdicts/versioning/verdict").asText()).isEqualTo("UNKNOWN");
    }

    @Test
    void a_policy_of_20_kB_is_read_to_its_last_statement() throws IOException {
        // Given
        var many = new StringBuilder();
        for (int i = 0; many.length() < 20_000; i++) {
            many.append("""
                {"Sid": "Closed%d", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::photos/%d/*"},
                """.formatted(i, i));
        }
        var json = PUBLIC.replace("{\"Sid\": \"Open\"", many + "{\"Sid\": \"Open\"");

        // When
        var code = assess("assess", "--snapshot", snapshot("a.json", json).toString(), "--format", "json");

        // Then
        assertThat(code).isEqualTo(ExitCode.FINDINGS);
        var line = new ObjectMapper().readTree(out.toString());
        assertThat(line.at("/verdicts/policy-public/verdict").asText()).isEqualTo("VIOLATION");
        assertThat(line.at("/verdicts/policy-public/evidence/0").asText()).contains("Open");
    }

    @Test
    void one_control_that_holds_is_clean_and_one_that_cannot_be_decided_is_not() throws IOException {
        var file = snapshot("a.json", VERSIONED).toString();

        assertThat(assess("assess", "--snapshot", file, "--control", "versioning"))
                .isEqualTo(ExitCode.OK);
        assertThat(assess("assess", "--snapshot", file, "--control", "versioning", "--control", "bucket-public"))
                .isEqualTo(AssessCommand.UNKNOWNS);
    }

    @Test
    void a_broken_file_in_a_directory_is_named_and_the_rest_is_assessed() throws IOException {
        // Given
        snapshot("a.json", PUBLIC);
        snapshot("b.json", "{\"bucket\":");
        snapshot("c.json", VERSIONED.replace("versioning", "versionning"));

        // When
        var code = assess("assess", "--snapshot", directory.toString(), "--format", "json");

        // Then
        assertThat(code).isEqualTo(ExitCode.ERROR);
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(err.toString())
                .contains("b.json: the snapshot is not JSON")
                .contains("c.json: bucket has the unknown key \"versionning\"");
    }

    @Test
    void the_table_shows_the_remedy_and_the_sums() throws IOException {
        // When
        assess("assess", "--snapshot", snapshot("a.json", PUBLIC).toString(), "--control", "policy-public");

        // Then
        assertThat(out.toString())
                .contains("violation       critical  policy-public")
                .contains("-> aws s3api")
                .endsWith("1 snapshot: 1 violation, 0 unknown, 0 problems\n");
    }

    @Test
    void sarif_is_one_document_whatever_the_number_of_snapshots() throws IOException {
        // Given
        snapshot("a.json", PUBLIC);
        snapshot("b.json", "nonsense");

        // When
        assess("assess", "--snapshot", directory.toString(), "--format", "sarif");

        // Then
        var results = new ObjectMapper().readTree(out.toString()).at("/runs/0/results");
        assertThat(results).anySatisfy(result -> {
            assertThat(result.at("/ruleId").asText()).isEqualTo("policy-public");
            assertThat(result.at("/level").asText()).isEqualTo("error");
            assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                            .asText())
                    .isEqualTo("a.json");
        });
        assertThat(results)
                .anySatisfy(result -> assertThat(result.at("/ruleId").asText()).isEqualTo("snapshot-unreadable"));
    }

    @Test
    void wrong_names_are_errors_that_say_so() {
        assertThat(assess("assess", "--snapshot", directory.resolve("no.json").toString()))
                .isEqualTo(ExitCode.ERROR);
        assertThat(assess("assess", "--snapshot", directory.toString())).isEqualTo(ExitCode.ERROR);
        assertThat(assess("assess", "--snapshot", "-", "--control", "no-such")).isEqualTo(ExitCode.ERROR);
        assertThat(out.toString()).doesNotContain("no.json");
        assertThat(err.toString())
                .containsOnlyOnce("no.json: there is no such file or directory")
                .doesNotContain("Exception")
                .contains("the directory holds no .json file")
                .contains("--control no-such: there is no control of this id");
    }
}
