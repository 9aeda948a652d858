package io.tidelock.replicator.park;

import java.time.Duration;

/**
 * How work is set aside and taken up again.
 *
 * @param keysMax {@code replicator.parking.keysMax}: with more parked keys of one destination and partition, all work of both
 *     is parked until the queue is empty; 1 to 1,000,000
 * @param perSecondMax {@code replicator.parking.perSecondMax}: how many parked operations this instance takes up a second at
 *     most, from 1
 * @param delayMin {@code replicator.parking.delayMin}: the first bound of the wait before parked work is tried again
 * @param delayMax {@code replicator.parking.delayMax}: the last bound, after doubling
 * @param destinationTasksMax {@code replicator.parking.destinationTasksMax}: with so many operations of one destination in
 *     flight, or as many as its equal share of the records in flight, later ones of it are parked while there are other destinations; from 1
 */
public record ParkingSettings(
        int keysMax, int perSecondMax, Duration delayMin, Duration delayMax, int destinationTasksMax) {
    /** How many parked records are read ahead, and their bytes. */
    public static final int AHEAD_RECORDS_MAX = 2_000;

    public static final long AHEAD_BYTES_MAX = 8L << 20;

    /** 1,000 keys, 1,000 a second, 1 to 30 seconds, 5,000 operations. */
    public static final ParkingSettings DEFAULT =
            new ParkingSettings(1_000, 1_000, Duration.ofSeconds(1), Duration.ofSeconds(30), 5_000);

    public ParkingSettings {
        requireFromOne("keysMax", keysMax);
        requireFromOne("perSecondMax", perSecondMax);
        requireFromOne("destinationTasksMax", destinationTasksMax);
        if (delayMin.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException(
                    "replicator.parking.delayMin must be at least PT0.001S, was " + delayMin);
        }
        if (delayMax.compareTo(delayMin) < 0) {
            throw new IllegalArgumentException(
                    "replicator.parking.delayMax must be at least delayMin (" + delayMin + "), was " + delayMax);
        }
    }

    private static void requireFromOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("replicator.parking." + name + " must be at least 1, was " + value);
        }
    }
}
