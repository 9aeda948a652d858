package io.tidelock.replicator.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.replicator.plan.TwoSides;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many operations run beside each other with the connections that there are. */
class ConnectionSharesTest {
    private final TwoSides sides = new TwoSides();
    private final ConnectionShares shares = new ConnectionShares(4);
    private final Endpoint paris = new Endpoint("paris", sides.source, "111");
    private final Endpoint frankfurt = new Endpoint("frankfurt", sides.destination, "222");

    @BeforeEach
    void fewConnections() {
        sides.source.connectionsMax(24);
        sides.destination.connectionsMax(24);
    }

    private int operationsMax(Endpoint destination) {
        var assignment = sides.assignment(sides.created(sides.put("one"), 1));
        return shares.operationsMax(new Route(assignment, paris, destination));
    }

    @Test
    void an_operation_takes_a_connection_of_each_store() {
        // When / Then
        assertThat(operationsMax(frankfurt)).isEqualTo(20);
    }

    @Test
    void within_a_store_that_copies_by_itself_it_takes_one() {
        // When / Then
        assertThat(operationsMax(paris)).isEqualTo(20);
    }

    @Test
    void within_a_store_that_copies_nothing_it_takes_two_as_a_part_does() {
        // Given
        sides.source.copiesNothing();

        // When / Then
        assertThat(operationsMax(paris)).isEqualTo(8);
    }

    @Test
    void without_a_bound_on_connections_there_is_none_on_operations() {
        // Given
        sides.source.connectionsMax(Integer.MAX_VALUE);
        sides.source.copiesNothing();

        // When / Then
        assertThat(operationsMax(paris)).isGreaterThan(1_000_000);
    }
}
