package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.Authenticator;
import io.tidelock.sandbox.auth.Authorizer;
import io.tidelock.sandbox.auth.QueryService;
import java.nio.file.Path;

/**
 * How one region's endpoint is served.
 *
 * @param region the region; only its buckets answer here
 * @param host the address to listen on
 * @param port the port, 0 for a free one
 * @param eventLoops how many event loops serve it, at least 1
 * @param bodies where the bytes of large objects lie; the caller deletes it when the world ends, not before: they outlive the server, so that a region can stop and start
 * @param authenticator believes signatures
 * @param authorizer judges requests
 * @param queryService what else answers at the root, such as STS
 */
public record S3Settings(
        String region,
        String host,
        int port,
        int eventLoops,
        Path bodies,
        Authenticator authenticator,
        Authorizer authorizer,
        QueryService queryService) {
    public S3Settings {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, was " + port);
        }
        if (eventLoops < 1) {
            throw new IllegalArgumentException("eventLoops must be at least 1, was " + eventLoops);
        }
    }
}
