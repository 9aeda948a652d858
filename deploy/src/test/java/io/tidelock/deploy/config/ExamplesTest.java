package io.tidelock.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExamplesTest {
    @TempDir
    Path secrets;

    static List<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("examples"))) {
            var found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_loads_once_its_secrets_are_there(Path example) throws IOException {
        // Given
        var secret = Files.writeString(secrets.resolve("secret"), "a secret of more than 16 characters\n");
        var text = Files.readString(example).replaceAll("\\$\\{file:[^}]*}", "\\${file:" + secret + "}");
        var copy = Files.writeString(secrets.resolve("tidelock.yaml"), text);

        // When
        var loaded = new ConfigLoader(_ -> "a value of the environment").load(copy);

        // Then
        assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    }
}
