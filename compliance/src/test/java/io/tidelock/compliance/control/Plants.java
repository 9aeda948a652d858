package io.tidelock.compliance.control;

import java.util.List;
import java.util.stream.Stream;

/** The mistakes that the fleet is planted with: several for every control that can fail. */
final class Plants {
    private Plants() {}

    static List<Plant> all() {
        return Stream.of(
                        PolicyPlants.all(),
                        AccessPlants.all(),
                        StoragePlants.all(),
                        ReplicationPlants.all(),
                        RolePlants.all())
                .flatMap(plants -> plants)
                .toList();
    }
}
