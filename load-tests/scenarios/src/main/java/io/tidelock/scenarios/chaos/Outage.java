package io.tidelock.scenarios.chaos;

import java.io.IOException;

/** A process or server that goes down and comes back; struck as soon as there was one to take down. */
final class Outage implements Trouble {
    private final Down down;
    private final Up up;
    private boolean struck;

    /**
     * An outage that has not begun.
     *
     * @param down takes it down, and says whether it was up
     * @param up brings it back
     */
    Outage(Down down, Up up) {
        this.down = down;
        this.up = up;
    }

    /** Takes something down. */
    @FunctionalInterface
    interface Down {
        /** Whether it was up. */
        boolean goDown() throws IOException, InterruptedException;
    }

    /** Brings it back. */
    @FunctionalInterface
    interface Up {
        void comeUp() throws IOException, InterruptedException;
    }

    @Override
    public void begin() throws IOException, InterruptedException {
        struck = down.goDown();
    }

    @Override
    public long struck() {
        return struck ? 1 : 0;
    }

    @Override
    public long wanted() {
        return 1;
    }

    /** Another incident may have taken it down; it has to be up to be struck. */
    @Override
    public void insist() throws IOException, InterruptedException {
        up.comeUp();
        struck |= down.goDown();
    }

    @Override
    public void end() throws IOException, InterruptedException {
        up.comeUp();
    }
}
