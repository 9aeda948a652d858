package io.tidelock.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises P1 to P4 and P6 with instances that die, move and meet every fault there is. */
class ChaosTest {
    /** The compiler that is quick to start keeps the instances of the short run from waiting for each other. */
    private static final List<String> SHORT_LIVED = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** All but the full disk, which the long run has. */
    private static final List<FaultKind> KINDS = FaultKind.possible().stream()
            .filter(kind -> kind != FaultKind.BROKER_DISK_FULL)
            .toList();

    @TempDir
    Path directory;

    /** With start, judgement and the looks for late writes that fall due about two minutes. */
    @Test
    void kills_outages_and_wrong_bytes_lose_nothing() throws Exception {
        // Given
        var options = new ChaosOptions(
                Duration.ofSeconds(40),
                600,
                KINDS.size(),
                Duration.ofSeconds(5),
                3,
                4_711,
                SHORT_LIVED,
                KINDS,
                Duration.ofMinutes(4));

        // When
        var report = ChaosRun.run(options, directory, System.out::println);

        // Then
        assertThat(report.wrong()).as(report::text).isEmpty();
        assertThat(report.happened()).containsOnlyKeys(KINDS);
    }

    @Test
    @Tag("chaos")
    void twenty_minutes_of_it_lose_nothing() throws Exception {
        // Given
        var seed = Long.getLong("tidelock.chaos.seed", 1);
        var options = new ChaosOptions(
                Duration.ofMinutes(20),
                50_000,
                76,
                Duration.ofSeconds(20),
                3,
                seed,
                List.of("-Xmx256m"),
                FaultKind.possible(),
                Duration.ofMinutes(10));

        // When
        var report = ChaosRun.run(options, directory, System.out::println);

        // Then
        System.out.print(report.text());
        assertThat(report.wrong()).as(report::text).isEmpty();
        assertThat(report.happened().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isGreaterThanOrEqualTo(50);
    }
}
