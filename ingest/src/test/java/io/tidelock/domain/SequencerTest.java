package io.tidelock.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SequencerTest {
    @ParameterizedTest
    @CsvSource({"0055AED6DCD90281E5, 55AED6DCD90281E6", "'', 01", "61, 6101", "617b3980, 617b398000000001", "9f, A0"})
    void rule_41_order_is_that_of_the_right_padded_upper_case_digits(String earlier, String later) {
        assertThat(new Sequencer(earlier)).isLessThan(new Sequencer(later));
    }

    @ParameterizedTest
    @CsvSource({"0055AE, 55ae", "5500, 55", "0000, ''", "617b398000000000, 617B398"})
    void rule_42_order_is_consistent_with_equality(String one, String other) {
        assertThat(new Sequencer(one)).isEqualTo(new Sequencer(other)).isEqualByComparingTo(new Sequencer(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "12 34", "\u0661", "-1"})
    void anything_but_hexadecimal_digits_is_refused(String spelled) {
        assertThatThrownBy(() -> new Sequencer(spelled)).hasMessageStartingWith("sequencer must be hexadecimal");
    }

    @Test
    void more_than_64_digits_are_refused() {
        assertThatThrownBy(() -> new Sequencer("1".repeat(65))).hasMessageContaining("at most 64 digits");
    }
}
