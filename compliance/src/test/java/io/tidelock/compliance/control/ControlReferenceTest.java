package io.tidelock.compliance.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ControlReferenceTest {
    private static final Path REFERENCE = Path.of("CONTROLS.md");

    @Test
    void the_reference_table_is_what_the_catalog_says() throws IOException {
        // Given
        var generated = reference();
        if (System.getenv("TIDELOCK_WRITE_REFERENCES") != null) {
            Files.writeString(REFERENCE, generated);
        }

        // When
        var written = Files.readString(REFERENCE);

        // Then
        assertThat(written)
                .as("compliance/CONTROLS.md is stale: TIDELOCK_WRITE_REFERENCES=1 mvn -pl compliance -am test"
                        + " -Dtest=ControlReferenceTest -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(generated);
    }

    private static String reference() {
        return """
                # Controls

                Generated from `ControlCatalog`; a test fails when this page is stale. Every control answers COMPLIANT, VIOLATION, NOT_APPLICABLE or
                UNKNOWN from the documents of one bucket, its account and its neighbours. A control marked *on choice* asks for something that contradicts
                another or suits few: it is answered like the others, and counts only where somebody chose it.

                | control | severity | asks | Prowler | Security Hub | AWS Config | CIS |
                |---|---|---|---|---|---|---|
                """
                + ControlCatalog.all().controls().stream()
                        .map(ControlReferenceTest::row)
                        .collect(Collectors.joining())
                + "\n## Why, and what to do\n\n"
                + ControlCatalog.all().controls().stream()
                        .map(control ->
                                "- `%s`: %s `%s`\n".formatted(control.id(), control.rationale(), control.remedy()))
                        .collect(Collectors.joining());
    }

    private static String row(Control control) {
        Mappings others = control.mappings();
        return "| `%s` | %s | %s%s | %s | %s | %s | %s |\n"
                .formatted(
                        control.id(),
                        control.severity().name().toLowerCase(Locale.ROOT),
                        control.title(),
                        control.elective() ? " (on choice)" : "",
                        names(others.prowler()),
                        names(others.securityHub()),
                        names(others.config()),
                        names(others.cis()));
    }

    private static String names(List<String> names) {
        return String.join(", ", names);
    }
}
