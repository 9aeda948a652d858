package io.tidelock.sandbox.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What every part of the contract begins with: a server, and a versioned bucket of its own for each test. */
abstract class ObjectSemantics {
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final ServerUnderTest server;
    protected String bucket = "";

    ObjectSemantics(ServerUnderTest server) {
        this.server = server;
    }

    @BeforeEach
    void makeVersionedBucket() {
        bucket = newBucket();
        versioning(BucketVersioningStatus.ENABLED);
    }

    protected S3Client s3() {
        return server.client();
    }

    /** Skips the test on a server that is known to lack this. */
    protected void needs(Gap gap) {
        Assumptions.assumeFalse(server.gaps().contains(gap), () -> server.name() + ": " + gap.reason());
    }

    protected String newBucket() {
        var name = "semantics-" + BUCKETS.incrementAndGet();
        s3().createBucket(b -> b.bucket(name));
        return name;
    }

    protected void versioning(BucketVersioningStatus status) {
        s3().putBucketVersioning(b -> b.bucket(bucket).versioningConfiguration(c -> c.status(status)));
    }

    protected PutObjectResponse put(String key, String text) {
        return s3().putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    protected String get(String key) {
        return s3().getObjectAsBytes(b -> b.bucket(bucket).key(key)).asUtf8String();
    }

    protected String get(String key, String versionId) {
        return s3().getObjectAsBytes(b -> b.bucket(bucket).key(key).versionId(versionId))
                .asUtf8String();
    }

    protected DeleteObjectResponse delete(String key) {
        return s3().deleteObject(b -> b.bucket(bucket).key(key));
    }

    protected DeleteObjectResponse delete(String key, String versionId) {
        return s3().deleteObject(b -> b.bucket(bucket).key(key).versionId(versionId));
    }

    protected static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The error that a call has to end with. */
    protected static S3Exception refused(int status, String code, ThrowingCallable call) {
        var refused = refused(status, call);
        assertThat(refused.awsErrorDetails().errorCode())
                .as(refused.getMessage())
                .isEqualTo(code);
        return refused;
    }

    /** The status that a call has to end with, for answers that have no document. */
    protected static S3Exception refused(int status, ThrowingCallable call) {
        var refused = catchThrowableOfType(S3Exception.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.statusCode()).as(refused.getMessage()).isEqualTo(status);
        return refused;
    }
}
