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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two buckets that replicate to each other, as people and the stores see them. */
class TwoWaysTest {
    private static final long SEED = Long.getLong("tidelock.twoways.seed", 20_261_130);
    private static final int KEYS = 4;
    private static final int ROUNDS = 2;
    /** What a side does to a key in one go, so that much falls into one second. */
    private static final int CHANGES = 3;

    private static final int DUELS = 6;
    private static final int ANSWERS = 3;

    @Test
    void rule_35_and_49_what_people_write_to_either_bucket_is_in_both_and_nothing_comes_back() throws Exception {
        writeToBoth(false);
    }

    @Test
    @Tag("big")
    void rule_35_and_49_nor_does_it_where_the_configuration_says_who_tidelock_is() throws Exception {
        writeToBoth(true);
    }

    private static void writeToBoth(boolean knowsItself) throws Exception {
        try (var ways = new TwoWays()) {
            // Given
            var random = new Random(SEED);
            var duels = keys(ways, "duel/", DUELS);
            var keys = keys(ways, "shared/", KEYS);
            var sentinels = keys(ways, "sentinel/", 2);
            doAtOnce(puts(duels));
            doAtOnce(changes(keys, random));

            try (var replication = ways.replicate(knowsItself)) {
                // When
                replication.awaitRest();
                var unseen = new BothSides(ways);
                for (var round = 0; round < ROUNDS; round++) {
                    doAtOnce(changes(keys, random));
                    replication.awaitRest();
                }
                var concurrent = new BothSides(ways);
                var notAnswered = answer(ways, replication, keys, random);
                var before = new HashMap<>(ways.writes().byKey());
                sentinels.getFirst().put(Side.PARIS);
                sentinels.getLast().put(Side.FRANKFURT);
                replication.awaitRest();
                var atRest = new BothSides(ways);

                // Then
                assertThat(duels).allSatisfy(key -> {
                    unseen.showTheSame(key);
                    assertThat(unseen.shown(Side.PARIS, key))
                            .as(unseen.story(key))
                            .isEqualTo(new Duel(ways, unseen, key).winner());
                });
                assertThat(keys).allSatisfy(unseen::showTheSame).allSatisfy(concurrent::showTheSame);
                assertThat(notAnswered).isEmpty();
                var all =
                        Stream.of(duels, keys, sentinels).flatMap(List::stream).toList();
                assertThat(all).allSatisfy(atRest::showTheSame).allSatisfy(atRest::holdAll);
                before.put("sentinel/0", 2L);
                before.put("sentinel/1", 2L);
                assertThat(ways.writes().byKey()).isEqualTo(before);
                isBounded(replication, atRest, all);
                assertThat(replication.total("tidelock_replication_failures_total"))
                        .isZero();
            }
        }
    }

    private static List<SharedKey> keys(TwoWays ways, String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SharedKey(ways, prefix + i))
                .toList();
    }

    /** Either side writes each key, and once more at once. */
    private static List<Runnable> puts(List<SharedKey> keys) {
        return keys.stream()
                .flatMap(key -> Stream.of(Side.values()).<Runnable>map(side -> () -> {
                    key.put(side);
                    key.put(side);
                }))
                .toList();
    }

    /** Both sides change what they show of each key, without looking at the other side. */
    private static List<Runnable> changes(List<SharedKey> keys, Random random) {
        return keys.stream()
                .flatMap(key -> Stream.of(Side.values()).<Runnable>map(side -> {
                    var chance = new Random(random.nextLong());
                    return () -> IntStream.range(0, CHANGES).forEach(_ -> key.change(side, chance));
                }))
                .toList();
    }

    private static void doAtOnce(List<Runnable> tasks) throws InterruptedException, ExecutionException {
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var changes = new ArrayList<Future<?>>();
            tasks.forEach(task -> changes.add(people.submit(task)));
            for (var change : changes) {
                change.get();
            }
        }
    }

    /** Each side in turn changes what it sees of the other's last change; says which of these changes are not what both show then. */
    private static List<String> answer(TwoWays ways, Replication replication, List<SharedKey> keys, Random random)
            throws InterruptedException {
        var wrong = new ArrayList<String>();
        for (var round = 0; round < ANSWERS; round++) {
            var wanted = new ArrayList<String>();
            for (var i = 0; i < keys.size(); i++) {
                var side = (round + i) % 2 == 0 ? Side.PARIS : Side.FRANKFURT;
                wanted.add(keys.get(i).answer(side, random));
            }
            replication.awaitRest();
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
    private static void isBounded(Replication replication, BothSides held, List<SharedKey> keys)
            throws InterruptedException {
        var restacks = (long) replication.total("tidelock_replication_restacks_total");
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
