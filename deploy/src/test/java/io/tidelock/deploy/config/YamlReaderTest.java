package io.tidelock.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    @TempDir
    Path directory;

    private ConfigFile file;

    @BeforeEach
    void name() {
        file = new ConfigFile(directory);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        // When
        var loaded = new ConfigLoader(ConfigFile.ENVIRONMENT::get).load(directory.resolve("no.yaml"));

        // Then
        assertThat(((Loaded.Invalid) loaded).problems().getFirst().text())
                .endsWith("no.yaml: does not exist; name an existing file with --config");
    }

    @Test
    void a_directory_is_no_file() {
        // When
        var loaded = new ConfigLoader(ConfigFile.ENVIRONMENT::get).load(directory);

        // Then
        assertThat(((Loaded.Invalid) loaded).problems().getFirst().problem()).isEqualTo("is a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing but a comment\n", "---\n"})
    void an_empty_file_is_named(String yaml) throws IOException {
        // When
        var problems = file.problems(yaml);

        // Then
        assertThat(problems).singleElement().asString().containsAnyOf("is empty", "holds no settings");
    }

    @Test
    void a_list_is_no_configuration() throws IOException {
        // When
        var problems = file.problems("- a\n- b\n");

        // Then
        assertThat(problems).singleElement().asString().contains("tidelock.yaml:1:1: the file holds no settings");
    }

    @Test
    void a_tab_is_refused_with_its_place() throws IOException {
        // When
        var problems = file.problems("kafka:\n\tbootstrapServers: x\n");

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("tidelock.yaml:2:1: is not YAML: ")
                .endsWith("indent with spaces: YAML allows no tabs there");
    }

    @Test
    void a_bare_reference_in_braces_is_refused_with_the_remedy() throws IOException {
        // When
        var problems = file.problems("mark: {keys: [{id: a, secret: ${env:MARK_KEY}}]}\n");

        // Then
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("tidelock.yaml:1:")
                .endsWith("put the text with ${...} in double quotes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [1, 2", "a: 'b", "a: b: c", "{", "a:\n  - b\n c: d", "\"", "a: *nothing", "%TAG", "a: |x\n"})
    void what_is_not_YAML_is_refused_with_its_line(String yaml) throws IOException {
        // When
        var problems = file.problems(yaml);

        // Then
        assertThat(problems).singleElement().asString().matches("tidelock\\.yaml:\\d+:\\d+: is not YAML: .+; .+");
    }

    @Test
    void a_second_document_is_refused() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID + "---\nmore: yes\n");

        // Then
        assertThat(problems).singleElement().asString().endsWith("remove what follows the line with ---");
    }

    @Test
    void a_setting_that_is_given_twice_is_refused_with_both_lines() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID + "kafka:\n  bootstrapServers: \"other:9092\"\n");

        // Then
        assertThat(problems)
                .containsExactly("tidelock.yaml:%d:1: kafka: is given twice, first in line 1; remove one of the two"
                        .formatted(ConfigFile.VALID.lines().count() + 1));
    }

    @Test
    void aliases_that_multiply_are_refused() throws IOException {
        // Given
        var bomb = new StringBuilder("a0: &a0 {x: y, z: w}\n");
        for (var i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }

        // When
        var problems = file.problems(bomb.toString());

        // Then
        assertThat(problems).singleElement().asString().contains("grows to more than 100000 values");
    }

    @Test
    void too_many_aliases_are_refused() throws IOException {
        // Given
        var yaml = "a: &a {x: y}\nb:\n" + "  - *a\n".repeat(200);

        // When
        var problems = file.problems(yaml);

        // Then
        assertThat(problems).singleElement().asString().contains("too many aliases");
    }

    @Test
    void an_alias_to_what_it_stands_in_is_refused() throws IOException {
        // When
        var problems = file.problems("stores: &s\n  paris: *s\n");

        // Then
        assertThat(problems).anyMatch(problem -> problem.contains("refers to a value that it stands in"));
    }

    @Test
    void a_deep_file_is_refused() throws IOException {
        // When
        var problems = file.problems("a: " + "[".repeat(5_000) + "]".repeat(5_000));

        // Then
        assertThat(problems).singleElement().asString().contains("deeply nested");
    }

    @Test
    void a_file_that_is_not_UTF_8_is_refused() throws IOException {
        // When
        var problems = file.problems(new byte[] {'a', ':', ' ', (byte) 0xC3, '\n'});

        // Then
        assertThat(problems).containsExactly("tidelock.yaml: is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void a_control_character_is_refused_with_its_place() throws IOException {
        // When
        var problems = file.problems("a: b\nc: \u0007\n".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThat(problems).singleElement().asString().startsWith("tidelock.yaml:2:4: holds the character U+0007");
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_no_problem() throws IOException {
        // When
        var problems = file.problems("\uFEFF" + ConfigFile.VALID.replace("\n", "\r\n"));

        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void a_tag_is_refused() throws IOException {
        // When
        var problems = file.problems(ConfigFile.VALID + "y: !z b\n");

        // Then
        assertThat(problems).anyMatch(problem -> problem.contains("y: has the YAML tag !z"));
    }

    @Test
    void a_tag_that_names_a_class_is_refused() throws IOException {
        // When
        var problems = file.problems("x: !!javax.script.ScriptEngineManager [a]\n");

        // Then
        assertThat(problems).singleElement().asString().contains("is not YAML: Global tag is not allowed");
    }

    @Test
    void mutilated_files_give_problems_and_never_an_exception() throws IOException {
        // Given
        var seed = 20_261_123L;
        var random = new Random(seed);
        var alphabet = "{}[]:,-&*!|>'\"%@`#?\t\n ${}~\u0000\u2028é0aN".toCharArray();

        for (var round = 0; round < 500; round++) {
            var yaml = new StringBuilder(ConfigFile.VALID);
            for (var change = random.nextInt(4); change >= 0; change--) {
                var at = random.nextInt(yaml.length());
                switch (random.nextInt(3)) {
                    case 0 -> yaml.deleteCharAt(at);
                    case 1 -> yaml.insert(at, alphabet[random.nextInt(alphabet.length)]);
                    default -> yaml.setCharAt(at, alphabet[random.nextInt(alphabet.length)]);
                }
            }

            // When
            var loaded = file.load(yaml.toString());

            // Then
            if (loaded instanceof Loaded.Invalid(var problems)) {
                assertThat(problems)
                        .as("seed %d, round %d:%n%s", seed, round, yaml)
                        .isNotEmpty()
                        .noneMatch(problem -> problem.text().contains("s3cr3t-of-paris"));
            }
        }
    }
}
