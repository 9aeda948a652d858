package io.tidelock.ingest.handoff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.ingest.handoff.ControlCodec.RulesChanged;
import io.tidelock.ingest.handoff.ControlCodec.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlCodecTest {
    @Test
    void a_request_comes_back_as_it_went_in() {
        var request = new RulesChanged(new Bucket("paris", "photos"));
        assertThat(ControlCodec.decode(ControlCodec.encode(request))).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"v\":2,\"request\":\"RULES_CHANGED\",\"store\":\"s\",\"bucket\":\"b\"}",
                "{\"v\":1,\"request\":\"LATER\"}",
                "{\"v\":1,\"request\":\"RULES_CHANGED\",\"store\":\"s\"}",
                "{\"v\":1,\"request\":\"RULES_CHANGED\",\"store\":\"\",\"bucket\":\"\"}"
            })
    void what_is_not_understood_is_nothing_to_act_on(String value) {
        assertThat(ControlCodec.decode(value.getBytes(UTF_8))).isInstanceOf(Unknown.class);
    }
}
