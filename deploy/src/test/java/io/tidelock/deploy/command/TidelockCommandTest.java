package io.tidelock.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TidelockCommandTest {
    @TempDir
    Path directory;

    @Test
    void help_tells_of_every_command_with_examples_and_exit_codes() {
        // When
        var answer = Answer.to("--help");

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out())
                .contains("run ", "check ", "Examples:", "tidelock check --config tidelock.yaml", "Exit codes:")
                .containsPattern("0 +all went well")
                .containsPattern("1 +the command could not do its work")
                .containsPattern("2 +the command did its work and found");
    }

    @Test
    void every_command_has_help_of_its_own() {
        for (var command : TidelockCommand.commandLine(Answer.NOWHERE, Answer.NOWHERE)
                .getSubcommands()
                .keySet()) {
            // When
            var answer = Answer.to("help", command);

            // Then
            assertThat(answer.exitCode()).as(command).isEqualTo(0);
            assertThat(answer.out()).as(command).contains("Usage: tidelock " + command);
        }
    }

    @Test
    void the_examples_of_a_command_are_its_own() {
        for (var command : TidelockCommand.commandLine(Answer.NOWHERE, Answer.NOWHERE)
                .getSubcommands()
                .keySet()) {
            if (!command.equals("help")) {
                // When
                var answer = Answer.to("help", command);

                // Then
                assertThat(answer.out().substring(answer.out().indexOf("Examples:")))
                        .as(command)
                        .contains("tidelock " + command)
                        .doesNotContain("tidelock help run");
            }
        }
    }

    @Test
    void the_version_is_the_builds() {
        // When
        var answer = Answer.to("--version");

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out()).containsPattern("^tidelock \\d+\\.\\d+").contains("Java " + Runtime.version());
    }

    @Test
    void no_command_at_all_shows_what_there_is() {
        // When
        var answer = Answer.to();

        // Then
        assertThat(answer.exitCode()).isEqualTo(0);
        assertThat(answer.out()).contains("Usage: tidelock");
    }

    @Test
    void a_wrong_argument_is_an_error_with_a_suggestion() {
        // When
        var command = Answer.to("chek");
        var option = Answer.to("check");
        var value = Answer.to("check", "--config", "x", "--format", "xml");

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("Did you mean: tidelock check");
        assertThat(option.exitCode()).isEqualTo(1);
        assertThat(option.err()).contains("Missing required option", "--config", "Try 'tidelock check --help'");
        assertThat(value.exitCode()).isEqualTo(1);
        assertThat(value.err()).contains("--format", "xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check"})
    void a_wrong_configuration_is_an_error_with_all_its_problems(String command) throws IOException {
        // Given
        var file = Files.writeString(directory.resolve("tidelock.yaml"), "kafka: {bootstrapServer: x}\nstores: {}\n");

        // When
        var answer = Answer.to(command, "--config", file.toString());

        // Then
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out() + answer.err())
                .contains(file + ":1:9: kafka.bootstrapServer: is not a setting, did you mean \"bootstrapServers\"?")
                .contains(file + ":2:9: stores: is empty");
    }

    @Test
    void a_file_that_is_not_there_is_an_error_with_its_name() {
        // When
        var answer = Answer.to("run", "--config", "no/such.yaml");

        // Then
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("no/such.yaml: does not exist; name an existing file with --config");
    }

    @Test
    void problems_are_JSON_for_machines() throws IOException {
        // Given
        var file = Files.writeString(directory.resolve("tidelock.yaml"), "kafka: {bootstrapServers: x}\n");

        // When
        var answer = Answer.to("check", "--config", file.toString(), "--format", "json");

        // Then
        var json = new ObjectMapper().readTree(answer.out());
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(json.path("complete").asBoolean(true)).isFalse();
        assertThat(json.path("results")).isEmpty();
        assertThat(json.at("/problems/0/setting").asText()).isEqualTo("stores");
        assertThat(json.at("/problems/0/place/line").asInt()).isEqualTo(1);
        assertThat(json.at("/problems/0/remedy").asText()).startsWith("add it: ");
    }
}
