package io.tidelock.scenarios.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IsolationTest {
    private static final Lags QUIET = new Lags(100, 20, 100, 300);

    private final StringWriter out = new StringWriter();

    private int execute(String... arguments) {
        return Isolation.command()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments);
    }

    private static Round round(Strike strike, double p99Millis) {
        return new Round(strike, QUIET, new Lags(100, 20, p99Millis, 400), QUIET, 7, 1.5);
    }

    @Test
    void percentiles_are_times_that_were_seen() {
        assertThat(Lags.of(LongStream.rangeClosed(1, 200).map(millis -> millis * 1_000_000)))
                .isEqualTo(new Lags(200, 100, 198, 200));
        assertThat(Lags.of(LongStream.empty())).isEqualTo(new Lags(0, 0, 0, 0));
    }

    @Test
    void the_round_in_the_middle_decides_for_each_strike() {
        // Given
        var rounds = List.of(
                round(Strike.HANGS, 110), round(Strike.HANGS, 900), round(Strike.HANGS, 130), round(Strike.DOWN, 131));

        // When
        var report = new IsolationReport(rounds, 1_000, 0, List.of());

        // Then
        assertThat(report.wrong(1.3))
                .containsExactly(
                        "while one is down, the others' 99th percentile is 1.31 times that of before, more than 1.30");
        assertThat(report.wrong(1.4)).isEmpty();
        assertThat(report.text(1.3))
                .contains("| hangs | 100 (20) | 900 (20) | 9.00 | 100 (20) | 7 | 1.5 |")
                .contains("one hangs: median ratio 1.30")
                .contains("WRONG: while one is down");
        assertThat(report.json(new ObjectMapper().createObjectNode(), 1.3)
                        .at("/medianRatios/HANGS")
                        .doubleValue())
                .isEqualTo(1.3);
    }

    @Test
    void where_nothing_was_measured_before_nothing_is_shown() {
        // Given
        var nothing = Lags.of(LongStream.empty());

        // When
        var report =
                new IsolationReport(List.of(new Round(Strike.SLOW, nothing, nothing, nothing, 0, 0)), 0, 0, List.of());

        // Then
        assertThat(report.wrong(1.3)).singleElement().asString().startsWith("while one is slow");
    }

    @Test
    void help_and_wrong_options_start_nothing() {
        assertThat(execute("--help")).isZero();
        assertThat(out.toString()).contains("HANGS, SLOW, DOWN", "Exits 1 when");
        assertThat(execute("--seconds", "0")).isEqualTo(2);
        assertThat(out.toString()).contains("--seconds must be at least 1, was 0");
        assertThat(execute("--strikes", "sings")).isEqualTo(2);
    }

    @Test
    @Tag("big")
    void each_strike_is_measured_and_all_sides_are_the_same_at_the_end() throws Exception {
        // When
        var status = execute(
                "--rounds", "1", "--seconds", "6", "--warm-up", "6", "--rate", "10", "--ratio-max", "1000", "--json");

        // Then
        assertThat(status).as(out::toString).isZero();
        var report = new ObjectMapper().readTree(out.toString());
        assertThat(report.get("rounds")).hasSize(3).allSatisfy(round -> {
            assertThat(round.at("/quiet/count").intValue()).isPositive();
            assertThat(round.at("/struck/count").intValue()).isPositive();
        });
        assertThat(report.at("/rounds/2/missing").longValue()).isPositive();
        assertThat(report.get("wrong")).isEmpty();
    }
}
