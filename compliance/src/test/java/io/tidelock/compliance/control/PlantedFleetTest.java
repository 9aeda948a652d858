package io.tidelock.compliance.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.document.DocumentReader;
import io.tidelock.compliance.document.JsonDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A fleet of snapshots with known mistakes: each one is found with its evidence, nothing else is. */
class PlantedFleetTest {
    private static final int FLEET = 500;

    /** Demands that contradict what the sound snapshot does on purpose. */
    private static final Set<String> CONTRADICTED = Set.of("require-sse-s3", "require-sse-c");

    private static final List<Plant> PLANTS = Plants.all();

    private static ObjectNode sound() throws IOException {
        try (var in = PlantedFleetTest.class.getResourceAsStream("sound.json")) {
            if (in == null) {
                throw new IOException("sound.json is missing");
            }
            return switch (DocumentReader.BUCKET_DOCUMENTS.read(in.readAllBytes())) {
                case JsonDocument.Read read -> (ObjectNode) read.root();
                case JsonDocument.Unreadable unreadable -> throw new IOException(unreadable.sentence());
            };
        }
    }

    @Test
    void the_sound_snapshot_violates_nothing_and_leaves_nothing_open() throws IOException {
        var found = new TreeMap<String, Verdict>(Snapshots.verdicts(sound()));
        found.keySet().removeAll(CONTRADICTED);
        found.values()
                .removeIf(verdict -> verdict instanceof Verdict.Compliant || verdict instanceof Verdict.NotApplicable);
        assertThat(found).isEmpty();
    }

    @Test
    void every_plant_alone_is_found_with_its_evidence_and_nothing_else_is() throws IOException {
        ObjectNode sound = sound();
        for (Plant plant : PLANTS) {
            judged(sound, List.of(plant));
        }
    }

    @Test
    void every_control_that_can_fail_is_planted() {
        var planted = new TreeSet<String>(CONTRADICTED);
        PLANTS.forEach(plant -> planted.addAll(plant.violates()));
        assertThat(ControlCatalog.all().controls().stream().map(Control::id))
                .filteredOn(id -> !planted.contains(id))
                .as("an unreadable or missing default encryption is unknown, never a violation (rule E1)")
                .containsExactly("default-encryption");
    }

    @Test
    void a_fleet_of_five_hundred_is_told_apart_and_no_document_that_is_missing_makes_a_verdict_wrong()
            throws IOException {
        long seed = 20261123;
        var random = new Random(seed);
        ObjectNode sound = sound();
        for (int i = 0; i < FLEET; i++) {
            var plants = new ArrayList<>(PLANTS);
            Collections.shuffle(plants, random);
            var taken = new HashSet<String>();
            var chosen = new ArrayList<Plant>();
            int few = 1 + random.nextInt(6);
            for (Plant plant : plants) {
                if (chosen.size() < few && !plant.isAlone() && Collections.disjoint(taken, plant.slots())) {
                    taken.addAll(plant.slots());
                    chosen.add(plant);
                }
            }
            ObjectNode snapshot = judged(sound, chosen);
            ObjectNode hidden = Snapshots.hidden(snapshot, random);
            assertThat(Snapshots.contradictions(Snapshots.verdicts(snapshot), Snapshots.verdicts(hidden)))
                    .as("seed %d, %s", seed, hidden)
                    .isEmpty();
        }
    }

    private static ObjectNode judged(ObjectNode sound, List<Plant> plants) {
        // Given
        ObjectNode snapshot = sound.deepCopy();
        var expected = new TreeSet<String>();
        for (Plant plant : plants) {
            plant.into(snapshot);
            expected.addAll(plant.violates());
        }

        // When
        Map<String, Verdict> verdicts = Snapshots.verdicts(snapshot);

        // Then
        var violated = new TreeSet<String>();
        verdicts.forEach((id, verdict) -> {
            if (verdict instanceof Verdict.Violation && !CONTRADICTED.contains(id)) {
                violated.add(id);
            }
        });
        assertThat(violated).as("%s", plants).isEqualTo(expected);
        for (Plant plant : plants) {
            for (String id : plant.violates()) {
                String words = String.valueOf(verdicts.get(id));
                assertThat(plant.evidence())
                        .as("%s of %s: %s", id, plant, words)
                        .anyMatch(words::contains);
            }
        }
        return snapshot;
    }
}
