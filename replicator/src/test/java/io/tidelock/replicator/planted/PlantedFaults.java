package io.tidelock.replicator.planted;

import java.util.List;

/** The faults that are planted. */
final class PlantedFaults {
    private static final String INGEST = "ingest/src/main/java/io/tidelock/ingest/";
    private static final String REPLICATOR = "replicator/src/main/java/io/tidelock/replicator/";

    static final List<PlantedFault> ALL = List.of(
            new PlantedFault(
                    "offsets are committed before results are written",
                    INGEST + "kafka/Recorder.java",
                    """
                    open.beginTransaction();
                    for (var ofPartition : batch.commits()
                    """,
                    """
                    open.beginTransaction();
                    open.sendOffsetsToTransaction(batch.offsets(), group);
                    open.commitTransaction();
                    open.beginTransaction();
                    for (var ofPartition : batch.commits()
                    """,
                    "a transaction of its own commits the offsets, and the results follow",
                    List.of(
                            "io.tidelock.ingest.kafka.RecorderTest#what_cannot_be_written_leaves_no_offset_behind",
                            "io.tidelock.ingest.kafka.RecorderTest#results_and_offsets_appear_in_one_transaction")),
            new PlantedFault(
                    "an event counts as done before its outcome is noted",
                    REPLICATOR + "Lanes.java",
                    """
                    task.settle();
                    observer.ended(outcome);
                    task.work().ended(outcome);
                    task.origin().settled(task);
                    task.work().taskDone();
                    """,
                    """
                    task.settle();
                    observer.ended(outcome);
                    task.origin().settled(task);
                    task.work().taskDone();
                    task.work().ended(outcome);
                    """,
                    "the record is completed, then its outcome is added",
                    List.of(
                            "io.tidelock.replicator.ParkingTest#later_work_of_a_parked_key_queues_behind_it_without_a_try_and_is_done_in_order")),
            new PlantedFault(
                    "no fence: a write does not say what it saw",
                    REPLICATOR + "plan/Draft.java",
                    "if (!assignment.destination().conditionalWrites()) {",
                    "if (assignment.destination().conditionalWrites()) {",
                    "writes carry neither `If-Match` nor `If-None-Match`",
                    List.of(
                            "io.tidelock.replicator.execute.OperationRunnerTest#somebody_elses_write_in_between_is_noticed_and_planned_around",
                            "io.tidelock.replicator.execute.LateWriteTest#a_put_that_finishes_after_the_next_owner_has_put_a_newer_version_is_refused")),
            new PlantedFault(
                    "no fence: an owner that was away too long still commits",
                    INGEST + "kafka/Recorder.java",
                    "open.sendOffsetsToTransaction(batch.offsets(), group);",
                    """
                    open.sendOffsetsToTransaction(
                            batch.offsets(), new ConsumerGroupMetadata(group.groupId()));
                    """,
                    "offsets are committed without saying which member of which generation commits them",
                    List.of(
                            "io.tidelock.ingest.kafka.AbsentOwnerTest#what_an_owner_finishes_that_was_away_too_long_is_not_recorded")),
            new PlantedFault(
                    "no fence: an owner that is cut off goes on",
                    INGEST + "kafka/LoopSession.java",
                    "if (joined && isCutOff() && !inFlight.all().isEmpty()) {",
                    "if (joined && isCutOff() && inFlight.all().isEmpty()) {",
                    "what was begun goes on for as long as Kafka does not answer",
                    List.of(
                            "io.tidelock.ingest.kafka.CutOffOwnerTest#it_gives_up_what_it_has_begun_once_the_group_has_given_its_partitions_away")),
            new PlantedFault(
                    "no fence: a write has no lifetime",
                    REPLICATOR + "store/s3/WriteRequests.java",
                    "var overrides = AwsRequestOverrideConfiguration.builder().apiCallTimeout(writeTimeout);",
                    """
                    var overrides = AwsRequestOverrideConfiguration.builder()
                            .apiCallTimeout(writeTimeout.multipliedBy(1_000));
                    """,
                    "a PUT is waited for a thousand times as long as its store says",
                    List.of(
                            "io.tidelock.replicator.store.s3.CutWritesTest#a_put_is_cut_after_its_time_and_leaves_its_thread_as_it_was")),
            new PlantedFault(
                    "no fence: nobody looks again after a takeover",
                    REPLICATOR + "EventWork.java",
                    "takeovers.lookAgain(outcome).ifPresent(results::add);",
                    "",
                    "what a former owner may write late is never looked at again",
                    List.of(
                            "io.tidelock.replicator.TakeoverTest#what_overtakes_work_of_the_former_owner_is_looked_at_again_when_that_can_write_no_more")),
            new PlantedFault(
                    "a parked record is dropped",
                    REPLICATOR + "EventWork.java",
                    """
                    synchronized void parked(OutgoingRecord record) {
                        results.add(record);
                    }
                    """,
                    "synchronized void parked(OutgoingRecord record) {}",
                    "what is parked is not among the results of its event",
                    List.of(
                            "io.tidelock.replicator.ParkingTest#rule_50_what_fails_too_often_is_parked_and_its_event_is_done",
                            "io.tidelock.replicator.ParkingTest#a_dead_destination_parks_its_own_work_only_and_is_no_longer_tried")),
            new PlantedFault(
                    "a parked record is forgotten when its partition moves",
                    INGEST + "kafka/SideReader.java",
                    "reader.seek(at, ahead.begin());",
                    "",
                    "what was looked through is not read again, so it is never handed out",
                    List.of(
                            "io.tidelock.ingest.kafka.SideTopicTest#what_is_put_aside_is_read_by_the_owner_of_the_partition_and_foreseen_by_the_next_one")),
            new PlantedFault(
                    "later work overtakes a parked key",
                    REPLICATOR + "Parking.java",
                    "return detours.behind(task.partition(), task.lane(), task.sequence());",
                    "return Optional.empty();",
                    "work from the events topic never queues behind what is parked",
                    List.of(
                            "io.tidelock.replicator.ParkingTest#later_work_of_a_parked_key_queues_behind_it_without_a_try_and_is_done_in_order",
                            "io.tidelock.replicator.ParkingTest#the_next_owner_foresees_what_is_parked_and_lets_nothing_overtake_it")),
            new PlantedFault(
                    "new work joins the last round",
                    REPLICATOR + "Parking.java",
                    "task.work().parked(record(task, reason, attempts, round));",
                    """
                    task.work().parked(record(
                            task, reason, attempts, detours.ahead(task.partition(), task.lane()) - 1));
                    """,
                    "what is parked while the window moves on is written ahead of older work of its key",
                    List.of(
                            "io.tidelock.replicator.ParkedWindowTest#a_change_that_comes_while_the_window_moves_on_stays_behind_what_the_window_has_not_reached_yet")),
            new PlantedFault(
                    "overflow forgets what runs",
                    REPLICATOR + "Lanes.java",
                    "of.begun(earlier).forEach(LaneTask::overtake);",
                    "",
                    "what is parked after all does not come before what overflowed while it ran",
                    List.of(
                            "io.tidelock.replicator.HangingDestinationsTest#a_version_that_is_parked_while_the_one_before_it_hangs_stays_behind_it")),
            new PlantedFault(
                    "one breaker for all destinations",
                    REPLICATOR + "park/Breakers.java",
                    "return breakers.computeIfAbsent(destination, this::watch);",
                    """
                    return breakers.values().stream()
                            .findFirst()
                            .orElseGet(() -> breakers.computeIfAbsent(destination, this::watch));
                    """,
                    "every destination gets the breaker of the first",
                    List.of(
                            "io.tidelock.replicator.ParkingTest#a_dead_destination_parks_its_own_work_only_and_is_no_longer_tried")),
            new PlantedFault(
                    "a retry that swallows",
                    REPLICATOR + "execute/OperationRunner.java",
                    "case Verdict.TryLater(var passing) -> new Tried.Passing(passing, why);",
                    """
                    case Verdict.TryLater(var _) -> new Tried.Ended(
                            attempt.skipped(io.tidelock.replicator.outcome.SkipReason.ALREADY_REPLICATED));
                    """,
                    "a failure that may pass ends the operation as if nothing were to do",
                    List.of(
                            "io.tidelock.replicator.execute.OperationRunnerTest#rule_38_a_store_that_is_down_is_waited_for_with_growing_pauses",
                            "io.tidelock.replicator.ParkingTest#rule_50_what_fails_too_often_is_parked_and_its_event_is_done")),
            new PlantedFault(
                    "memory grows with the backlog",
                    INGEST + "kafka/LoopSession.java",
                    "var full = inFlight.isFull(null);",
                    "var full = false;",
                    "reading never pauses",
                    List.of(
                            "io.tidelock.ingest.kafka.PollLoopTroubleTest#reading_stops_at_the_bound_and_goes_on_when_work_ends")),
            new PlantedFault(
                    "memory grows with what is parked",
                    INGEST + "kafka/SideReader.java",
                    "var full = inFlight.isFull(topic.name());",
                    "var full = false;",
                    "reading the side topic never pauses",
                    List.of(
                            "io.tidelock.ingest.kafka.SideTopicTest#no_more_is_read_of_what_is_put_aside_than_the_bound_says")));

    private PlantedFaults() {}
}
