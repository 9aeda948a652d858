package io.tidelock.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look;
import io.tidelock.domain.Look.Purpose;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.plan.TwoSides;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A partition that another instance had before, which may still be writing to what its records were about. */
class TakeoverTest {
    private static final int RECORDS_THERE = 1;

    private final PipelineWorld world = new PipelineWorld(List.of(TwoSides.RULE));

    @AfterEach
    void close() {
        world.close();
    }

    private PipelineWorld.Told done(BucketEvent event) throws InterruptedException {
        world.handle(event);
        return world.next();
    }

    private static List<BucketEvent> looks(PipelineWorld.Told told) {
        return Objects.requireNonNull(told.results()).stream()
                .filter(result -> result.topic().equals(PipelineWorld.EVENTS))
                .map(TakeoverTest::event)
                .toList();
    }

    private static BucketEvent event(OutgoingRecord result) {
        return ((EventCodec.Event) EventCodec.decode(result.value())).event();
    }

    @Test
    void what_overtakes_work_of_the_former_owner_is_looked_at_again_when_that_can_write_no_more()
            throws InterruptedException {
        // Given
        world.pipeline.takenOver(PipelineWorld.EVENTS, 0, RECORDS_THERE);
        assertThat(looks(done(world.put("a", "begun elsewhere")))).isEmpty();

        // When
        var since = world.sides.clock.instant();
        var looks = looks(done(world.put("a", "newer")));

        // Then
        assertThat(looks).singleElement().satisfies(look -> {
            assertThat(look.occurrence().look()).isEqualTo(new Look(TwoSides.RULE.id(), Purpose.TAKEOVER));
            assertThat(look.occurrence().time())
                    .isAfter(since.plus(PipelineWorld.WRITE_TIMEOUT).plus(Takeovers.NOTICED_AFTER));
        });
        assertThat(looks(done(world.put("a", "newest"))))
                .as("the look is about the newest by then")
                .isEmpty();
        var told = done(looks.getFirst());
        assertThat(world.sides.clock.instant())
                .isAfter(looks.getFirst().occurrence().time());
        assertThat(told.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Skipped.class,
                        skipped -> assertThat(skipped.reason()).isEqualTo(SkipReason.ALREADY_REPLICATED));
        assertThat(looks(told)).isEmpty();
        assertThat(world.ledger.isBalanced()).isTrue();
        assertThat(world.ledger.inFlight()).isZero();
    }

    @Test
    void a_look_whose_time_has_not_come_goes_with_its_partition() throws InterruptedException {
        // Given
        world.pipeline.takenOver(PipelineWorld.EVENTS, 0, RECORDS_THERE);
        done(world.put("a", "begun elsewhere"));
        var look = looks(done(world.put("a", "newer"))).getFirst();

        // When
        world.handle(look);
        world.pipeline.letGo(PipelineWorld.EVENTS, Set.of(0));

        // Then
        var told = world.told.remove();
        assertThat(told.results()).isNull();
        assertThat(told.bug()).isNull();
        assertThat(world.ledger.inFlight()).isZero();
    }

    @Test
    void nothing_is_looked_at_again_that_the_former_owner_cannot_have_begun_or_cannot_write_to_any_more()
            throws InterruptedException {
        // Given
        assertThat(looks(done(world.put("never elsewhere", "one")))).isEmpty();
        world.pipeline.takenOver(PipelineWorld.EVENTS, 0, 2);
        done(world.put("begun elsewhere", "one"));

        // When
        var others = List.of(done(world.put("new", "one")), done(world.put("new", "two")));
        var over = world.sides.clock.instant().plus(PipelineWorld.WRITE_TIMEOUT).plus(Takeovers.NOTICED_AFTER);
        while (world.sides.clock.instant().isBefore(over)) {
            world.pipeline.turn();
        }

        // Then
        assertThat(others).allSatisfy(told -> assertThat(looks(told)).isEmpty());
        assertThat(looks(done(world.put("begun elsewhere", "two")))).isEmpty();
    }

    @Test
    void work_of_partitions_that_others_own_already_is_ended_at_once() throws InterruptedException {
        // Given
        var begun = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        world.sides.destination.hook((_, _, _) -> {
            begun.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        world.handle(world.put("a", "begun"));
        begun.await();

        // When
        world.pipeline.giveUp(PipelineWorld.EVENTS, Set.of(0));

        // Then
        assertThat(world.next().results()).isNull();
        assertThat(world.ledger.dropped).isEqualTo(1);
    }
}
