package io.tidelock.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Duration RUN = Duration.ofMinutes(20);
    private static final Duration LASTS_MAX = Duration.ofSeconds(20);
    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void a_seed_replays_its_schedule_and_another_does_not() {
        // When
        var first = Schedule.of(7, RUN, LASTS_MAX, 60, 3, ALL);

        // Then
        assertThat(Schedule.of(7, RUN, LASTS_MAX, 60, 3, ALL)).isEqualTo(first);
        assertThat(Schedule.of(8, RUN, LASTS_MAX, 60, 3, ALL)).isNotEqualTo(first);
    }

    @Test
    void every_kind_happens_and_all_is_over_in_time() {
        // When
        var schedule = Schedule.of(7, RUN, LASTS_MAX, 2 * ALL.size(), 3, ALL);

        // Then
        var times = schedule.stream().collect(Collectors.groupingBy(Incident::kind, Collectors.counting()));
        assertThat(times)
                .hasSize(ALL.size())
                .allSatisfy((_, count) -> assertThat(count).isEqualTo(2));
        assertThat(schedule).allSatisfy(incident -> {
            assertThat(incident.at().plus(incident.lasts())).isLessThanOrEqualTo(RUN);
            assertThat(incident.instance()).isBetween(0, 2);
            assertThat(incident.share()).isBetween(0.0, 1.0);
        });
    }

    @Test
    void incidents_longer_than_the_run_are_refused() {
        // When
        // Then
        assertThatThrownBy(() -> Schedule.of(7, LASTS_MAX, LASTS_MAX, 1, 1, ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT20S");
    }
}
