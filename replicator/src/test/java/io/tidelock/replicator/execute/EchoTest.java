package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two buckets that replicate to each other, and events that say who wrote in another way than the configuration does. */
class EchoTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "tidelock", "a misspelled tidelock"})
    void rule_49_what_tidelock_wrote_does_not_come_back_however_its_principals_are_spelled(String principal)
            throws InterruptedException {
        // Given
        var both = new BothWays(
                new Random(1), true, PlantedFault.NONE, principal.isEmpty() ? Set.of() : Set.of(principal));
        both.here.put("one");
        both.here.put("two");
        both.there.put("three");

        // When
        var deliveries = settle(both);

        // Then
        assertThat(deliveries).isLessThan(20);
        assertThat(both.here.current()).isEqualTo("three").isEqualTo(both.there.current());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tidelock", "a misspelled tidelock"})
    void rule_49_a_replica_that_a_person_copies_onto_itself_is_replicated_once(String principal)
            throws InterruptedException {
        // Given
        var both = new BothWays(
                new Random(1), true, PlantedFault.NONE, principal.isEmpty() ? Set.of() : Set.of(principal));
        both.here.put("one");
        both.here.put("two");
        settle(both);
        both.there.copyOntoItself("one");

        // When
        var deliveries = settle(both);

        // Then
        assertThat(deliveries).isLessThan(20);
        assertThat(both.here.current()).isEqualTo("one").isEqualTo(both.there.current());
        assertThat(both.here.layers()).hasSize(3);
        assertThat(both.there.layers()).hasSize(3);
    }

    private static int settle(BothWays both) throws InterruptedException {
        for (var deliveries = 0; deliveries < 200; deliveries++) {
            if (!both.here.undelivered.isEmpty()) {
                both.replicate(both.here, both.there, both.here.undelivered.removeFirst());
            } else if (!both.there.undelivered.isEmpty()) {
                both.replicate(both.there, both.here, both.there.undelivered.removeFirst());
            } else {
                return deliveries;
            }
        }
        return 200;
    }
}
