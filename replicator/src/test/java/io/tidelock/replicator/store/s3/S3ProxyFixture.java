package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.KnownFaults;
import io.tidelock.replicator.store.ObjectStore;
import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3Proxy in process over its transient store, the only one of its stores that keeps versions. */
final class S3ProxyFixture extends ServedFixture {
    private static final String KEY = "contract-key";
    private static final String SECRET = "contract-secret";

    private final S3Proxy server;
    private final BucketUser user;
    private final S3ObjectStore store;

    S3ProxyFixture() {
        server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
        var endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        user = new BucketUser("s3proxy", endpoint, "us-east-1", KEY, SECRET);
        store = new S3ObjectStore(
                S3Settings.of("s3proxy", Vendor.GENERIC, "us-east-1", endpoint, new S3Credentials.Static(KEY, SECRET)));
    }

    @Override
    BucketUser user() {
        return user;
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void setReplicationConfiguration(Bucket bucket, String xml) {
        user.setReplication(bucket, xml);
    }

    @Override
    public KmsKeys kmsKeys() {
        return new KmsKeys("enabled", "disabled", "unknown");
    }

    @Override
    public String ownerId() {
        return user.ownerId();
    }

    @Override
    public String guestId() {
        return "guest";
    }

    @Override
    public Map<String, String> exclusions() {
        return KnownFaults.of("s3proxy");
    }

    @Override
    public void close() {
        store.close();
        user.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        }
    }
}
