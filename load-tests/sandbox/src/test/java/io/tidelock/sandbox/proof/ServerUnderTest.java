package io.tidelock.sandbox.proof;

import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;

/** A running S3 server that the contract is held against. */
interface ServerUnderTest extends AutoCloseable {
    /** What its tests' names say. */
    String name();

    /** A client with the SDK's default settings, owner of every bucket. */
    S3Client client();

    /** What it lacks. */
    Set<Gap> gaps();

    @Override
    void close();
}
