package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.kafka.ClientRelay;

/** An instance that is cut off from the broker. */
final class CutOff implements Trouble {
    private final ClientRelay relay;
    private long before;

    CutOff(ClientRelay relay) {
        this.relay = relay;
    }

    @Override
    public void begin() {
        before = relay.connectionsCut();
        relay.cut();
    }

    @Override
    public long struck() {
        return relay.connectionsCut() - before;
    }

    @Override
    public long wanted() {
        return 1;
    }

    /** Stays cut: an instance that was down connects as soon as it is back. */
    @Override
    public void insist() {}

    @Override
    public void end() {
        relay.restore();
    }
}
