package io.tidelock.sandbox;

import io.tidelock.sandbox.fault.Fault;
import io.tidelock.sandbox.fault.Faults;
import io.tidelock.sandbox.fault.Planted;
import io.tidelock.sandbox.http.LostAnswers;
import io.tidelock.sandbox.http.S3Server;
import java.net.URI;

/**
 * One region that is served, S3 and STS at one address.
 *
 * @param name what people call it
 * @param region the region's id, such as {@code eu-west-3}
 * @param server the endpoint
 */
public record SandboxRegion(String name, String region, S3Server server) {
    /** Where S3 and STS of the region answer; S3 by path style. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** What goes wrong with requests to the region. */
    public Faults faults() {
        return server.faults();
    }

    /** What took effect in the region although its answer was lost. */
    public LostAnswers lostAnswers() {
        return server.lostAnswers();
    }

    /**
     * Lets everybody be denied one operation on one bucket, until the fault is removed.
     *
     * @param bucket the bucket, empty for operations on none
     * @param operation by S3's name of it, such as {@code GetBucketPolicy}
     */
    public Planted deny(String bucket, String operation) {
        return faults().at(bucket, operation).cause(new Fault.Denied());
    }
}
