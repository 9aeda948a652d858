package io.tidelock.replicator.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.ObjectStore;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BucketsStayTest {
    @Test
    void rule_11_a_store_can_be_asked_about_a_bucket_and_told_nothing_of_it() {
        assertThat(Arrays.stream(ObjectStore.class.getMethods())
                        .filter(method ->
                                Arrays.asList(method.getParameterTypes()).contains(Bucket.class))
                        .map(Method::getName))
                .containsExactlyInAnyOrder("replicationConfiguration", "inspect", "uploads");
    }
}
