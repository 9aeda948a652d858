package io.tidelock.deploy.meter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Path DASHBOARDS =
            Path.of(System.getProperty("basedir", ".")).resolve("../dashboards");
    private static final Path ALERTS = DASHBOARDS.resolve("alerts");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    private record Ended(int status, String output) {}

    private static Ended promtool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(ALERTS.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return promtool("--version").status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void the_alerts_fire_and_rest_as_their_own_tests_say() throws IOException, InterruptedException {
        assumeTrue(isThere(), "promtool is not installed (it comes with Prometheus)");

        for (var run : List.of(
                promtool("check", "rules", "tidelock.rules.yaml"), promtool("test", "rules", "tidelock.tests.yaml"))) {
            assertThat(run.status()).as(run.output()).isZero();
        }
    }

    @Test
    void every_alert_has_a_test_and_a_page_in_the_runbook() throws IOException {
        // Given
        var alerts = ALERT.matcher(Files.readString(ALERTS.resolve("tidelock.rules.yaml")))
                .results()
                .map(found -> found.group(1))
                .toList();
        var tests = Files.readString(ALERTS.resolve("tidelock.tests.yaml"));
        var runbook = Files.readString(DASHBOARDS.resolve("RUNBOOK.md"));

        // Then
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(tests).contains("alertname: " + alert);
            assertThat(runbook).contains(alert);
        });
    }
}
