package io.tidelock.sandbox;

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
}
