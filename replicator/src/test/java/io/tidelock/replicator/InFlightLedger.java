package io.tidelock.replicator;

import io.tidelock.replicator.outcome.FailureReason;
import io.tidelock.replicator.outcome.Operation;
import io.tidelock.replicator.outcome.OperationId;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.OutcomeObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Follows every operation through its life and complains about what cannot be. */
final class InFlightLedger implements OutcomeObserver {
    final List<Outcome> outcomes = new ArrayList<>();
    final List<FailureReason> retries = new ArrayList<>();
    final List<String> complaints = new ArrayList<>();
    private final Set<OperationId> inFlight = new HashSet<>();
    private final Set<OperationId> parked = new HashSet<>();
    int accepted;
    int dropped;

    @Override
    public synchronized void accepted(Operation operation) {
        accepted++;
        if (!inFlight.add(operation.id())) {
            complaints.add("accepted twice: " + operation.id());
        }
    }

    @Override
    public synchronized void retried(Operation operation, FailureReason reason) {
        retries.add(reason);
        if (!inFlight.contains(operation.id())) {
            complaints.add("retried while not in flight: " + operation.id());
        }
    }

    @Override
    public synchronized void ended(Outcome outcome) {
        outcomes.add(outcome);
        leave(outcome.operation());
    }

    @Override
    public synchronized void dropped(Operation operation) {
        dropped++;
        leave(operation);
    }

    @Override
    public synchronized void parked(Operation operation, FailureReason reason) {
        leave(operation);
        if (!parked.add(operation.id())) {
            complaints.add("parked twice: " + operation.id());
        }
    }

    @Override
    public synchronized void resumed(Operation operation) {
        if (!parked.remove(operation.id())) {
            complaints.add("resumed while not parked: " + operation.id());
        }
        inFlight.add(operation.id());
    }

    @Override
    public synchronized void parkedLeft(Set<Integer> partitions) {
        dropped += parked.size();
        parked.removeIf(id -> partitions.contains(id.position().partition()));
        dropped -= parked.size();
    }

    private void leave(Operation operation) {
        if (!inFlight.remove(operation.id())) {
            complaints.add("left while not in flight: " + operation.id());
        }
    }

    synchronized int inFlight() {
        return inFlight.size();
    }

    synchronized int parked() {
        return parked.size();
    }

    /** P4: accepted = ended + dropped + in flight + parked, and nothing impossible was seen. */
    synchronized boolean isBalanced() {
        return complaints.isEmpty() && accepted == outcomes.size() + dropped + inFlight.size() + parked.size();
    }
}
