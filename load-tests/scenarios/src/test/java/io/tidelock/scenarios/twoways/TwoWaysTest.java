package io.tidelock.scenarios.twoways;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two buckets that replicate to each other, as people and the stores see them. */
class TwoWaysTest {
    private static final long SEED = Long.getLong("tidelock.twoways.seed", 20_261_130);
    private static final int KEYS = 6;
    private static final int ROUNDS = 6;
    private static final int ANSWERS = 6;

    @ParameterizedTest(name = "the configuration says who Tidelock is: {0}")
    @ValueSource(booleans = {false, true})
    void rule_35_and_49_what_people_write_to_either_bucket_is_in_both_and_nothing_comes_back(boolean knowsItself)
            throws Exception {
        try (var ways = new TwoWays(knowsItself)) {
            // Given
            var keys = IntStream.range(0, KEYS)
                    .mapToObj(i -> new SharedKey(ways, "shared/" + i))
                    .toList();
            var sentinels = List.of(new SharedKey(ways, "sentinel/0"), new SharedKey(ways, "sentinel/1"));

            // When
            writeToBothAtOnce(ways, keys);
            var concurrent = new BothSides(ways);
            var notAnswered = answer(ways, keys);
            var before = new HashMap<>(ways.writes().byKey());
            sentinels.getFirst().put(Side.PARIS);
            sentinels.getLast().put(Side.FRANKFURT);
            ways.awaitRest();

            // Then
            assertThat(keys).allSatisfy(concurrent::showTheSame);
            assertThat(notAnswered).isEmpty();
            var atRest = new BothSides(ways);
            assertThat(keys).allSatisfy(atRest::showTheSame).allSatisfy(atRest::holdAll);
            assertThat(sentinels).allSatisfy(atRest::showTheSame).allSatisfy(atRest::holdAll);
            before.put("sentinel/0", 2L);
            before.put("sentinel/1", 2L);
            assertThat(ways.writes().byKey()).isEqualTo(before);
            isBounded(ways, atRest, keys);
            assertThat(ways.total("tidelock_replication_failures_total")).isZero();
        }
    }

    /** Of each key both sides change what they show at the same time, without looking at the other side. */
    private static void writeToBothAtOnce(TwoWays ways, List<SharedKey> keys)
            throws InterruptedException, ExecutionException {
        var random = new Random(SEED);
        for (var round = 0; round < ROUNDS; round++) {
            try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
                var changes = new ArrayList<Future<?>>();
                for (var key : keys) {
                    for (var side : Side.values()) {
                        var chance = random.nextLong();
                        changes.add(people.submit(() -> key.change(side, new Random(chance))));
                    }
                }
                for (var change : changes) {
                    change.get();
                }
            }
            ways.awaitRest();
        }
    }

    /** Each side in turn changes what it sees of the other's last change; says which of these changes are not what both show then. */
    private static List<String> answer(TwoWays ways, List<SharedKey> keys) throws InterruptedException {
        var random = new Random(SEED);
        var wrong = new ArrayList<String>();
        for (var round = 0; round < ANSWERS; round++) {
            var wanted = new ArrayList<String>();
            for (var i = 0; i < keys.size(); i++) {
                var side = Side.values()[(round + i) % 2];
                wanted.add(keys.get(i).answer(side, random));
            }
            ways.awaitRest();
            var shown = new BothSides(ways);
            for (var i = 0; i < keys.size(); i++) {
                for (var side : Side.values()) {
                    if (!shown.shown(side, keys.get(i)).equals(wanted.get(i))) {
                        wrong.add("round " + round + ": " + side + " shows " + shown.shown(side, keys.get(i)) + ", not "
                                + wanted.get(i) + ": " + shown.story(keys.get(i)));
                    }
                }
            }
        }
        return wrong;
    }

    /** Each side holds what people wrote and nothing more but what was put back on top. */
    private static void isBounded(TwoWays ways, BothSides held, List<SharedKey> keys) throws InterruptedException {
        var restacks = (long) ways.total("tidelock_replication_restacks_total");
        var entries = 0L;
        var written = 0L;
        for (var key : keys) {
            for (var side : Side.values()) {
                assertThat((long) held.entries(side, key))
                        .as(key.story())
                        .isLessThanOrEqualTo(key.entries() + restacks);
                entries += held.entries(side, key);
                written += key.entries();
            }
        }
        assertThat(entries).isLessThanOrEqualTo(written + restacks);
    }
}
