package io.tidelock.scenarios.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteSizeTest {
    @Test
    void sizes_are_read_with_and_without_unit() {
        assertThat(ByteSize.parse("500").bytes()).isEqualTo(500);
        assertThat(ByteSize.parse("500B").bytes()).isEqualTo(500);
        assertThat(ByteSize.parse("64KiB").bytes()).isEqualTo(65_536);
        assertThat(ByteSize.parse("64MiB").bytes()).isEqualTo(67_108_864);
        assertThat(ByteSize.parse("1GiB").bytes()).isEqualTo(1_073_741_824);
    }

    @Test
    void what_is_no_size_is_refused_with_what_is_one() {
        assertThatThrownBy(() -> ByteSize.parse("64MB"))
                .hasMessage("expected a number and B, KiB, MiB or GiB, was '64MB'");
    }
}
