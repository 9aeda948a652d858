package io.tidelock.compliance.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fleet of snapshots with known mistakes: each one is found with its evidence, nothing else is. */
class PlantedFleetTest {
    private static final int FLEET = 500;
    private static final int TIMES_MIN = 5;
    private static final long SEED = Long.getLong("tidelock.seed", 20261123);

    /** Never a violation: where no default encryption is told, it is not known (rule E1). */
    private static final Set<String> CANNOT_FAIL = Set.of("default-encryption");

    static List<Fleet> fleets() {
        return List.of(Fleet.ofKms(), Fleet.ofS3(), Fleet.ofCustomersKeys());
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void a_sound_snapshot_violates_nothing_and_leaves_nothing_open(Fleet fleet) {
        // When
        var found = new TreeMap<String, Verdict>(Snapshots.verdicts(fleet.snapshot(List.of())));

        // Then
        fleet.soundness().violates().forEach(found::remove);
        found.values()
                .removeIf(verdict -> verdict instanceof Verdict.Compliant || verdict instanceof Verdict.NotApplicable);
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fleets")
    void every_mistake_alone_is_found_with_its_evidence_and_nothing_else_is(Fleet fleet) {
        for (Plant plant : fleet.plants()) {
            judged(fleet, fleet.snapshot(List.of(plant)), List.of(plant), "alone");
        }
    }

    @Test
    void a_fleet_of_five_hundred_is_told_apart_and_no_document_that_is_missing_makes_a_verdict_wrong() {
        var random = new Random(SEED);
        List<Fleet> fleets = fleets();
        var times = new HashMap<String, Integer>();
        for (int i = 0; i < FLEET; i++) {
            // Given
            String which = "seed " + SEED + ", snapshot " + i;
            Fleet fleet = fleets.get(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
            List<Plant> mistakes = fleet.choose(random);
            var disguise = new Disguise(random);
            ObjectNode snapshot = disguise.of(fleet.snapshot(mistakes));
            List<Plant> disguised =
                    mistakes.stream().map(plant -> disguised(plant, disguise)).toList();

            // Then
            Map<String, Verdict> truth = judged(fleet, snapshot, disguised, which);
            mistakes.forEach(plant -> plant.violates().forEach(id -> times.merge(id, 1, Integer::sum)));

            // When
            ObjectNode hidden = Snapshots.hidden(snapshot, random);

            // Then
            assertThat(Snapshots.contradictions(truth, Snapshots.verdicts(hidden)))
                    .as("%s, a third of it unavailable: %s", which, hidden)
                    .isEmpty();
        }
        assertThat(ControlCatalog.all().controls().stream().map(Control::id))
                .filteredOn(id -> times.getOrDefault(id, 0) < TIMES_MIN)
                .as("planted less than %d times with seed %d: %s", TIMES_MIN, SEED, times)
                .containsExactlyElementsOf(CANNOT_FAIL);
    }

    private static Plant disguised(Plant plant, Disguise disguise) {
        return new Plant(
                plant.slots(),
                plant.changes(),
                plant.violates(),
                plant.evidence().stream().map(disguise::of).toList());
    }

    @Test
    void where_no_document_can_be_read_nothing_is_decided() {
        // Given
        ObjectNode snapshot = Fleet.ofKms().snapshot(List.of());
        for (String holder : List.of("bucket", "account", "role")) {
            Snapshots.hide(snapshot.withObject(holder), _ -> true);
        }
        snapshot.putObject("otherBuckets").put("$unavailable", "AccessDenied");

        // When
        var verdicts = Snapshots.verdicts(snapshot);

        // Then
        assertThat(verdicts.values()).allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Unknown.class));
    }

    private static Map<String, Verdict> judged(Fleet fleet, ObjectNode snapshot, List<Plant> mistakes, String which) {
        var expected = new TreeSet<String>(fleet.soundness().violates());
        mistakes.forEach(plant -> expected.addAll(plant.violates()));
        Map<String, Verdict> verdicts = Snapshots.verdicts(snapshot);
        var violated = new TreeSet<String>();
        verdicts.forEach((id, verdict) -> {
            if (verdict instanceof Verdict.Violation) {
                violated.add(id);
            }
        });
        assertThat(violated).as("%s: %s", which, mistakes).isEqualTo(expected);
        for (Plant plant : mistakes) {
            for (String id : plant.violates()) {
                String words = String.valueOf(verdicts.get(id));
                assertThat(plant.evidence())
                        .as("%s: %s of %s: %s", which, id, plant, words)
                        .anyMatch(words::contains);
            }
        }
        return verdicts;
    }
}
