package io.tidelock.scenarios.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    @Test
    void series_are_read_with_their_labels_and_comments_are_not() {
        var page = """
                # HELP tidelock_x_total Something.
                # TYPE tidelock_x_total counter
                tidelock_x_total{rule="a b",result="failed"} 3.0
                tidelock_y NaN
                tidelock_z_bucket{le="+Inf"} +Inf

                """;
        assertThat(MetricsPage.parse(page))
                .isEqualTo(Map.of(
                        "tidelock_x_total{rule=\"a b\",result=\"failed\"}", 3.0,
                        "tidelock_y", Double.NaN,
                        "tidelock_z_bucket{le=\"+Inf\"}", Double.POSITIVE_INFINITY));
    }
}
