package io.tidelock.replicator.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.semantics.RuleTests.RuleTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTestsTest {
    private static Map<Integer, List<RuleTest>> read(String ofType, String ofMethod) {
        var found = new TreeMap<Integer, List<RuleTest>>();
        RuleTests.read(
                "T",
                "import a.B;\n\n%sclass T {\n    int a;\n\n%s    void rule_12_and_13_it_is_so() {\n    }\n}\n"
                        .formatted(ofType, ofMethod),
                found);
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"    @Test\n", "    @ParameterizedTest\n    @ValueSource(ints = {1, 2})\n"})
    void a_test_counts_for_every_rule_that_it_names(String annotations) {
        assertThat(read("", annotations)).containsOnlyKeys(12, 13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "    @Test\n    @Disabled\n", "    @Tag(\"big\")\n    @Test\n"})
    void what_not_every_run_runs_does_not_count(String annotations) {
        assertThat(read("", annotations)).isEmpty();
    }

    @Test
    void nor_does_a_test_of_a_type_that_not_every_run_runs() {
        assertThat(read("@Tag(\"big\")\n", "    @Test\n")).isEmpty();
        assertThat(read("@TestInstance(PER_CLASS)\n", "    @Test\n")).containsOnlyKeys(12, 13);
    }
}
