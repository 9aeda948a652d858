package io.tidelock.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the packages apart; and a planted tree of packages shows that each rule can fail. */
class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> the_program_keeps_every_rule() {
        // the sandbox and the scenarios stand outside
        var program = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/io/tidelock/sandbox/"))
                .importPackages("io.tidelock");
        assertThat(program).hasSizeGreaterThan(50);
        return new ArchitectureRules("io.tidelock")
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(), () -> rule.getValue().check(program)));
    }

    @TestFactory
    Stream<DynamicTest> a_planted_violation_breaks_every_rule() {
        var planted = new ClassFileImporter().importPackages("planted");
        return new ArchitectureRules("planted")
                .all().entrySet().stream()
                        .map(rule -> DynamicTest.dynamicTest(
                                rule.getKey(),
                                () -> assertThat(violations(rule.getValue(), planted))
                                        .isTrue()));
    }

    private static boolean violations(com.tngtech.archunit.lang.ArchRule rule, JavaClasses classes) {
        return rule.evaluate(classes).hasViolation();
    }
}
