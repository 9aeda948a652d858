package io.tidelock.scenarios.bench;

/**
 * Objects to be copied.
 *
 * @param name what it is called, also the prefix of its keys
 * @param objects how many
 * @param objectBytes how large each is
 */
record Workload(String name, int objects, long objectBytes) {
    Workload {
        if (objects < 1) {
            throw new IllegalArgumentException(name + " objects must be at least 1, was " + objects);
        }
    }

    String key(int number) {
        return "%s/%06d".formatted(name, number);
    }

    long bytes() {
        return objects * objectBytes;
    }

    /** The bucket that rclone fills with a number of transfers. */
    String bucketFor(int transfers) {
        return "rclone-" + name + "-" + transfers;
    }
}
