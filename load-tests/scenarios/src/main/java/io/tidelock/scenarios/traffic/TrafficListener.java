package io.tidelock.scenarios.traffic;

/** Is told of each change that the source has confirmed, those of one key in their order; must be thread-safe. */
public interface TrafficListener {
    /** Wants to know nothing. */
    TrafficListener NONE = new TrafficListener() {
        @Override
        public void put(String key, String versionId, Content content) {}

        @Override
        public void copied(String from, String key, String versionId) {}

        @Override
        public void deleted(String key, String versionId) {}
    };

    /** A version was written. */
    void put(String key, String versionId, Content content);

    /** The current version of a key became a version of another one. */
    void copied(String from, String key, String versionId);

    /** A delete marker was put on top. */
    void deleted(String key, String versionId);
}
