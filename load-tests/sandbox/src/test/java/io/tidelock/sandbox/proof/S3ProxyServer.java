package io.tidelock.sandbox.proof;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy 4.1.0 in process over its store in memory, the only one of its stores that has versions. */
final class S3ProxyServer implements ServerUnderTest {
    private static final String IDENTITY = "identity";
    private static final String CREDENTIAL = "credential";

    private final S3Proxy proxy;
    private final S3Client client;

    S3ProxyServer() throws Exception {
        var store = new TransientNio2BlobStore();
        proxy = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, IDENTITY, CREDENTIAL)
                .blobStore(store)
                .build();
        proxy.setBlobStoreLocator((_, _, _) -> new AccessGrant(CREDENTIAL, store));
        proxy.start();
        client = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + proxy.getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(IDENTITY, CREDENTIAL)))
                .forcePathStyle(true)
                .build();
    }

    @Override
    public String name() {
        return "S3Proxy 4.1.0";
    }

    @Override
    public S3Client client() {
        return client;
    }

    @Override
    public Set<Gap> gaps() {
        return EnumSet.allOf(Gap.class);
    }

    @Override
    public void close() {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy did not stop", e);
        }
    }
}
