package io.tidelock.scenarios.chaos;

import java.io.IOException;

/** One incident as it strikes the world. Used by one thread. */
interface Trouble {
    /** Goes wrong from now on. */
    void begin() throws IOException, InterruptedException;

    /** How much it struck so far: requests, connections, partitions that moved, or 1 for a process or server that went down. */
    long struck();

    /** How much it has to strike before it may end. */
    long wanted();

    /** It was to be over and has struck too little: strikes whatever comes. */
    void insist() throws IOException, InterruptedException;

    /** All is well again. */
    void end() throws IOException, InterruptedException;
}
