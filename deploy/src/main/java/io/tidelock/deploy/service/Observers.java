package io.tidelock.deploy.service;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import java.util.List;
import java.util.Set;

/** Tells several observers, in order. */
record Observers(List<OutcomeObserver> all) implements OutcomeObserver {
    Observers {
        all = List.copyOf(all);
    }

    @Override
    public void accepted(Operation operation) {
        all.forEach(observer -> observer.accepted(operation));
    }

    @Override
    public void retried(Operation operation, FailureReason reason) {
        all.forEach(observer -> observer.retried(operation, reason));
    }

    @Override
    public void foreignMark(Operation operation) {
        all.forEach(observer -> observer.foreignMark(operation));
    }

    @Override
    public void ended(Outcome outcome) {
        all.forEach(observer -> observer.ended(outcome));
    }

    @Override
    public void parked(Operation operation, FailureReason reason) {
        all.forEach(observer -> observer.parked(operation, reason));
    }

    @Override
    public void resumed(Operation operation) {
        all.forEach(observer -> observer.resumed(operation));
    }

    @Override
    public void parkedLeft(Set<Integer> partitions) {
        all.forEach(observer -> observer.parkedLeft(partitions));
    }

    @Override
    public void deadLetter(String reason) {
        all.forEach(observer -> observer.deadLetter(reason));
    }

    @Override
    public void dropped(Operation operation) {
        all.forEach(observer -> observer.dropped(operation));
    }
}
