package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ETags that look as if they were made of the MD5s of parts and do not come out. Where a store may make them of something else, what a version is read to
 * several times in a row is taken for what it is. Thread-safe.
 */
final class OddETags {
    /** How many readings have to agree. */
    static final int READINGS = 3;

    /** How many versions are remembered; one that was forgotten is read a few times more. */
    static final int VERSIONS_MAX = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(OddETags.class);

    private final Map<ObjectVersion, Reading> last = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectVersion, Reading> eldest) {
            return size() > VERSIONS_MAX;
        }
    };

    /** @param times how often in a row */
    private record Reading(String composite, int times) {
        private Reading then(Reading next) {
            return composite.equals(next.composite) ? new Reading(composite, times + next.times) : next;
        }
    }

    /** Notes what a version was read to although its ETag is another, and tells whether that has come often enough. */
    synchronized boolean excuses(ObjectVersion version, String composite) {
        var times =
                last.merge(version, new Reading(composite, 1), Reading::then).times();
        if (times < READINGS) {
            return false;
        }
        LOG.atWarn()
                .addKeyValue("bucket", version.object().bucket())
                .addKeyValue("key", version.object().key())
                .addKeyValue("versionId", version.id())
                .addKeyValue("readings", times)
                .log("An ETag does not come out of the parts; the version is copied as it was read each time");
        return true;
    }
}
