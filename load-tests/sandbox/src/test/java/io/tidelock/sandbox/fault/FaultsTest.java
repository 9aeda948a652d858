package io.tidelock.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Fault SLOW = new Fault.SlowDown();
    private static final Fault LATE = new Fault.Delay(Duration.ofMillis(1));

    private final Faults faults = new Faults(Set.of("GetObject", "PutObject"));

    @Test
    void a_fault_strikes_what_it_is_aimed_at_and_nothing_else() {
        // Given
        faults.at("photos", "PutObject").key("a").cause(SLOW);
        // Then
        assertThat(faults.strike("photos", "a", "PutObject")).containsExactly(SLOW);
        assertThat(faults.strike("photos", "b", "PutObject")).isEmpty();
        assertThat(faults.strike("photos", "a", "GetObject")).isEmpty();
        assertThat(faults.strike("films", "a", "PutObject")).isEmpty();
    }

    @Test
    void several_faults_strike_one_request_in_the_order_of_planting() {
        // Given
        faults.anywhere().cause(LATE);
        faults.at("photos").cause(SLOW);
        // Then
        assertThat(faults.strike("photos", "a", "GetObject")).containsExactly(LATE, SLOW);
        assertThat(faults.strike("", "", "GetObject")).containsExactly(LATE);
    }

    @Test
    void a_fault_lets_some_pass_strikes_so_often_and_is_over() {
        // Given
        var planted = faults.at("photos").after(2).times(3).cause(SLOW);
        // When
        var struck = new ArrayList<Boolean>();
        for (int i = 0; i < 7; i++) {
            struck.add(!faults.strike("photos", "a", "GetObject").isEmpty());
        }
        // Then
        assertThat(struck).containsExactly(false, false, true, true, true, false, false);
        assertThat(planted.struck()).isEqualTo(3);
    }

    @Test
    void chance_comes_from_the_seed() {
        // Given
        var one = strikes(7);
        var same = strikes(7);
        var other = strikes(8);
        // Then
        assertThat(one).isEqualTo(same).isNotEqualTo(other);
        assertThat(one.stream().filter(struck -> struck).count()).isBetween(200L, 400L);
    }

    private static List<Boolean> strikes(long seed) {
        var faults = new Faults(Set.of("GetObject"));
        faults.anywhere().sometimes(0.3, seed).cause(SLOW);
        var struck = new ArrayList<Boolean>();
        for (int i = 0; i < 1_000; i++) {
            struck.add(!faults.strike("photos", "a", "GetObject").isEmpty());
        }
        return struck;
    }

    @Test
    void what_is_taken_away_strikes_no_more() {
        // Given
        var one = faults.anywhere().cause(SLOW);
        faults.anywhere().cause(LATE);
        // When
        one.remove();
        var left = faults.strike("photos", "a", "GetObject");
        faults.clear();
        // Then
        assertThat(left).containsExactly(LATE);
        assertThat(faults.strike("photos", "a", "GetObject")).isEmpty();
    }

    @Test
    void an_aim_that_cannot_be_is_named() {
        assertThatThrownBy(() -> faults.at("photos", "PutObjekt")).hasMessageEndingWith("was PutObjekt");
        assertThatThrownBy(() -> faults.anywhere().times(0)).hasMessage("times must be at least 1, was 0");
        assertThatThrownBy(() -> faults.anywhere().after(-1)).hasMessage("skip must be at least 0, was -1");
        assertThatThrownBy(() -> faults.anywhere().sometimes(1.5, 1)).hasMessageContaining("was 1.5");
        assertThatThrownBy(() -> new Fault.Delay(Duration.ZERO)).hasMessage("delay.by must be positive, was PT0S");
        assertThatThrownBy(() -> new Fault.TruncatedAnswer(-1))
                .hasMessage("truncatedAnswer.bytes must be at least 0, was -1");
    }
}
