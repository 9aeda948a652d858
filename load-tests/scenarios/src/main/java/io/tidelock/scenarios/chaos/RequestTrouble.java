package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.fault.Aim;
import io.tidelock.sandbox.fault.Fault;
import io.tidelock.sandbox.fault.Planted;
import java.util.ArrayList;
import java.util.List;

/** A fault of some requests; of all that fit when it struck too few of them in its time. */
final class RequestTrouble implements Trouble {
    private static final long WANTED = 3;

    private final List<Aim> aims;
    private final Fault fault;
    private final Incident incident;
    private final List<Planted> planted = new ArrayList<>();
    private boolean insisting;

    RequestTrouble(List<Aim> aims, Fault fault, Incident incident) {
        this.aims = aims;
        this.fault = fault;
        this.incident = incident;
    }

    @Override
    public void begin() {
        aims.forEach(aim ->
                planted.add(aim.sometimes(incident.share(), incident.seed()).cause(fault)));
    }

    @Override
    public long struck() {
        return planted.stream().mapToLong(Planted::struck).sum();
    }

    @Override
    public long wanted() {
        return WANTED;
    }

    @Override
    public void insist() {
        if (!insisting) {
            insisting = true;
            planted.forEach(Planted::remove);
            aims.forEach(aim -> planted.add(aim.cause(fault)));
        }
    }

    @Override
    public void end() {
        planted.forEach(Planted::remove);
    }
}
