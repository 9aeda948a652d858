package io.tidelock.scenarios.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidelock.scenarios.service.ServiceCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("big")
class QuickstartTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void a_run_without_a_person_replicates_everything_and_says_so() throws Exception {
        // When
        var exit = run("--objects", "300", "--max-object-size", "20MiB", "--seed", "4", "--json");

        // Then
        var summary = summary();
        assertThat(exit).as(this::said).isEqualTo(Quickstart.SAME);
        assertThat(summary.get("same").booleanValue()).isTrue();
        assertThat(summary.get("versions").longValue()).isEqualTo(300);
        assertThat(summary.get("markers").longValue()).isPositive();
        assertThat(summary.get("replicated")).isEqualTo(summary.get("changes"));
        assertThat(summary.get("serviceCpuSeconds").doubleValue()).isPositive();
        assertThat(summary.get("lag99Seconds").doubleValue()).isPositive();
        assertThat(said()).contains("Paris", "aws s3 cp", "/metrics");
    }

    @Test
    void a_damaged_replica_is_found_and_named() throws Exception {
        // When
        var exit = run("--objects", "60", "--max-object-size", "64KiB", "--tamper", "byte", "--json");

        // Then
        assertThat(exit).as(this::said).isEqualTo(Quickstart.DIFFERENT);
        assertThat(summary().get("differences")).hasSize(1);
        assertThat(summary().at("/differences/0/kind").textValue()).isEqualTo("BYTES");
    }

    @Test
    void what_cannot_be_is_refused_by_name_before_anything_starts() {
        assertThat(run("--objects", "0")).isEqualTo(Quickstart.NOT_RUN);
        assertThat(run("--rate", "-1")).isEqualTo(Quickstart.NOT_RUN);
        assertThat(run("--json")).isEqualTo(Quickstart.NOT_RUN);
        assertThat(run("--max-object-size", "64MB", "--objects", "1")).isEqualTo(Quickstart.NOT_RUN);
        assertThat(said()).isEmpty();
    }

    @Test
    void a_service_that_does_not_start_is_said_with_its_own_words() {
        // Given
        var broken = new ServiceCommand(List.of("bash", "-c", "echo no service today; exit 3", "bash"), Map.of());

        // When
        var exit = Quickstart.commandLine(broken, stream(out), stream(progress), false)
                .execute("--objects", "1");

        // Then
        assertThat(exit).isEqualTo(Quickstart.NOT_RUN);
        assertThat(said()).contains("the service ended with status 3", "no service today");
    }

    private int run(String... arguments) {
        return Quickstart.commandLine(ServiceCommand.found(List.of("-Xmx256m")), stream(out), stream(progress), false)
                .execute(arguments);
    }

    private JsonNode summary() throws Exception {
        return new ObjectMapper().readTree(out.toString(UTF_8));
    }

    private String said() {
        return progress.toString(UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
