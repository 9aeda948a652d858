package io.tidelock.compliance.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MeterReferenceTest {
    private static final Path REFERENCE = Path.of("METRICS.md");

    @Test
    void the_reference_table_is_what_the_names_say() throws IOException {
        // Given
        var generated = reference();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(REFERENCE, generated);
        }

        // When
        var written = Files.readString(REFERENCE);

        // Then
        assertThat(written)
                .as("compliance/METRICS.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl compliance -am test"
                        + " -Dtest=MeterReferenceTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    @Test
    void names_follow_the_conventions_of_Prometheus() {
        assertThat(MeterNames.values()).allSatisfy(meter -> {
            assertThat(meter.id()).matches("tidelock(_[a-z]+)+");
            assertThat(meter.id().endsWith("_total")).isEqualTo(meter.kind() == MeterNames.Kind.COUNTER);
            assertThat(meter.help()).endsWith(".");
            assertThat(meter.labels()).doesNotContain("key", "prefix", "version");
        });
        assertThat(Arrays.stream(MeterNames.values()).map(MeterNames::id)).doesNotHaveDuplicates();
    }

    private static String reference() {
        var rows = Arrays.stream(MeterNames.values())
                .map(meter -> "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                                meter.id(),
                                meter.kind().name().toLowerCase(Locale.ROOT),
                                meter.unit(),
                                meter.labels().stream()
                                        .map(label -> "`" + label + "`")
                                        .collect(Collectors.joining(", ")),
                                meter.help()))
                .collect(Collectors.joining("\n"));
        return """
                # Metrics

                Generated from `MeterNames`; a test fails when this page is stale. The service serves them at `/metrics`, beside those of the
                JVM and the process (`jvm_*`, `process_*`, `system_*`).

                | metric | kind | unit | labels | meaning |
                |---|---|---|---|---|
                """ + rows + "\n";
    }
}
