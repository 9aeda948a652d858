package io.tidelock.scenarios.twoways;

/** One of the two buckets, each in a region of its own. */
enum Side {
    PARIS("paris", "eu-west-3"),
    FRANKFURT("frankfurt", "eu-central-1");

    private final String place;
    private final String region;

    Side(String place, String region) {
        this.place = place;
        this.region = region;
    }

    /** What people call the region, and the configuration the store. */
    String place() {
        return place;
    }

    String region() {
        return region;
    }

    String bucket() {
        return "documents-" + place;
    }

    String topic() {
        return place + "-events";
    }

    Side other() {
        return this == PARIS ? FRANKFURT : PARIS;
    }
}
