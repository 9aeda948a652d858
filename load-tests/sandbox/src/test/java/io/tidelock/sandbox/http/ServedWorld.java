package io.tidelock.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidelock.sandbox.auth.Authenticator;
import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.auth.QueryService;
import io.tidelock.sandbox.auth.Sessions;
import io.tidelock.sandbox.auth.SigV4Authenticator;
import io.tidelock.sandbox.auth.TrustingAuthenticator;
import io.tidelock.sandbox.model.AccessKey;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.Change;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.Versioning;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PolicyAuthorizer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Two regions and two accounts, served for real: signed requests at {@code paris} and {@code frankfurt}, unsigned ones believed at {@code open}. */
final class ServedWorld implements AutoCloseable {
    static final String PARIS = "eu-west-3";
    static final String FRANKFURT = "eu-central-1";
    static final Account ALICE = Account.of("111122223333", "alice", new AccessKey("AKIAALICE", "alices secret"));
    static final Account BOB = Account.of("444455556666", "bob", new AccessKey("AKIABOB", "bobs secret"));
    static final KmsKey PARIS_KEY = KmsKey.enabled(PARIS, ALICE.id(), "11111111-2222-3333-4444-555555555555");
    static final KmsKey FRANKFURT_KEY = KmsKey.enabled(FRANKFURT, BOB.id(), "99999999-8888-7777-6666-555555555555");

    final World world = new World(Clock.systemUTC(), 42, Set.of(PARIS, FRANKFURT));
    final List<Change> changes = new CopyOnWriteArrayList<>();
    final S3Server paris;
    final S3Server frankfurt;
    final S3Server open;
    final S3Client alice;
    private final Vertx vertx = Vertx.vertx();
    private final List<S3Client> clients = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger buckets = new AtomicInteger();

    ServedWorld(Path bodies) {
        world.add(ALICE);
        world.add(BOB);
        world.kmsKeys().put(PARIS_KEY);
        world.kmsKeys().put(FRANKFURT_KEY);
        world.listen(changes::add);
        var signed = new SigV4Authenticator(world, new Sessions(7));
        paris = serve(PARIS, bodies, signed);
        frankfurt = serve(FRANKFURT, bodies, signed);
        open = serve(
                PARIS,
                bodies,
                new TrustingAuthenticator(new Caller(
                        ALICE.id(),
                        ALICE.canonicalId(),
                        ALICE.rootArn(),
                        "AWS:" + ALICE.id(),
                        "AKIAALICE",
                        Optional.empty())));
        alice = client(paris, ALICE);
    }

    private S3Server serve(String region, Path bodies, Authenticator authenticator) {
        return S3Server.start(
                vertx,
                world,
                new S3Settings(
                        region,
                        "127.0.0.1",
                        0,
                        2,
                        bodies,
                        authenticator,
                        new PolicyAuthorizer(world),
                        QueryService.NONE));
    }

    /** A client of the SDK with all its defaults but the address. */
    S3Client client(S3Server server, Account account) {
        var key = account.accessKeys().getFirst();
        var client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.of(server == frankfurt ? FRANKFURT : PARIS))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .forcePathStyle(true)
                .build();
        clients.add(client);
        return client;
    }

    /** A bucket of Alice's in Paris that never kept versions. */
    BucketState bucket() {
        return bucket(Versioning.NEVER);
    }

    BucketState bucket(Versioning versioning) {
        var bucket = world.createBucket("bucket-" + buckets.incrementAndGet(), PARIS, ALICE);
        if (versioning != Versioning.NEVER) {
            bucket.setVersioning(versioning);
        }
        return bucket;
    }

    /** Puts as Alice and tells the version id. */
    String put(BucketState bucket, String key, String bytes) {
        return alice.putObject(request -> request.bucket(bucket.name()).key(key), RequestBody.fromString(bytes))
                .versionId();
    }

    /** Reads the current version as Alice. */
    String get(BucketState bucket, String key) {
        return alice.getObjectAsBytes(request -> request.bucket(bucket.name()).key(key))
                .asUtf8String();
    }

    String get(BucketState bucket, String key, String versionId) {
        return alice.getObjectAsBytes(
                        request -> request.bucket(bucket.name()).key(key).versionId(versionId))
                .asUtf8String();
    }

    /** The refusal of a call that has to be refused with this code. */
    static S3Exception refusal(String code, ThrowingCallable call) {
        var refused = catchThrowableOfType(S3Exception.class, call);
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
        return refused;
    }

    /** A header of an error answer, empty when it is missing. */
    static String header(S3Exception failure, String name) {
        return failure.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader(name)
                .orElse("");
    }

    /** Sends an unsigned request as Alice. */
    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(open.endpoint() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    List<Change> changesOf(BucketState bucket) {
        return changes.stream()
                .filter(change -> change.bucket().equals(bucket.name()))
                .toList();
    }

    @Override
    public void close() {
        http.close();
        clients.forEach(S3Client::close);
        paris.close();
        frankfurt.close();
        open.close();
        vertx.close().await();
    }
}
