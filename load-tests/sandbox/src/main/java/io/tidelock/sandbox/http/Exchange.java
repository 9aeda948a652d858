package io.tidelock.sandbox.http;

import io.tidelock.sandbox.auth.AccessRequest;
import io.tidelock.sandbox.auth.Authentication;
import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.auth.KeyRequest;
import io.tidelock.sandbox.auth.RequestHead;
import io.tidelock.sandbox.model.Actor;
import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.KmsKey;
import io.tidelock.sandbox.model.ObjectAccess;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.VersionIds;
import io.tidelock.sandbox.model.World;
import io.tidelock.sandbox.policy.PublicPolicy;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One request with its answer: what the operations read from and write to. Belongs to one event loop. */
final class Exchange {
    private final RegionServices services;
    private final HttpServerRequest request;
    private final RequestHead head;
    private final Target target;
    private final Authentication authentication;
    private final String requestId;
    private final Operation operation;
    private final Mishaps mishaps;

    Exchange(
            RegionServices services,
            HttpServerRequest request,
            RequestHead head,
            Target target,
            Authentication authentication,
            String requestId,
            Operation operation,
            Mishaps mishaps) {
        this.services = services;
        this.request = request;
        this.head = head;
        this.target = target;
        this.authentication = authentication;
        this.requestId = requestId;
        this.operation = operation;
        this.mishaps = mishaps;
    }

    World world() {
        return services.world();
    }

    /** What goes wrong with this request. */
    Mishaps mishaps() {
        return mishaps;
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return request.response();
    }

    Authentication authentication() {
        return authentication;
    }

    Caller caller() {
        return authentication.caller();
    }

    String region() {
        return head.region();
    }

    String key() {
        return target.key();
    }

    String bucketName() {
        return target.bucket();
    }

    Optional<String> header(String name) {
        return head.headers().first(name);
    }

    RequestHead head() {
        return head;
    }

    Optional<String> query(String name) {
        return target.query().get(name);
    }

    /** Who will stand in events and own what is written. */
    Actor actor() {
        var caller = caller();
        return new Actor(caller.accountId(), caller.canonicalId(), caller.principalId(), head.sourceIp(), requestId);
    }

    /** The bucket, which must be one of this region (UG: Making requests, redirection). */
    BucketState bucket() {
        var bucket = bucket(target.bucket());
        if (!bucket.region().equals(head.region())) {
            throw new Refusal(ErrorCode.PERMANENT_REDIRECT)
                    .with("Bucket", bucket.name())
                    .with("Endpoint", bucket.name() + ".s3." + bucket.region() + ".localhost")
                    .withHeader("x-amz-bucket-region", bucket.region());
        }
        header("x-amz-expected-bucket-owner").ifPresent(expected -> checkOwner(bucket, expected));
        return bucket;
    }

    /** A bucket of any region, such as a copy's source. */
    BucketState bucket(String name) {
        return world().bucket(name).orElseThrow(() -> new Refusal(ErrorCode.NO_SUCH_BUCKET).with("BucketName", name));
    }

    /** UG: Verifying bucket ownership with bucket owner condition. */
    static void checkOwner(BucketState bucket, String expected) {
        if (!bucket.owner().id().equals(expected)) {
            throw new Refusal(ErrorCode.ACCESS_DENIED);
        }
    }

    /** The version that the query names, which must look like one. */
    Optional<String> versionId() {
        var named = query("versionId");
        named.ifPresent(id -> {
            if (!VersionIds.wellFormed(id)) {
                throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Invalid version id specified")
                        .with("ArgumentName", "versionId")
                        .with("ArgumentValue", id);
            }
        });
        return named;
    }

    /** Refuses unless the caller may do this to the bucket. */
    void require(BucketState bucket, String action) {
        if (!allows(bucket, action, Optional.empty(), Optional.empty())) {
            throw denied(action, bucket.name());
        }
    }

    /** Refuses unless the caller may do this to the object, whose version counts where there is one. */
    void require(BucketState bucket, String action, String key, Optional<StoredVersion> version) {
        if (!allows(bucket, action, Optional.of(key), version)) {
            throw denied(action, bucket.name() + "/" + key);
        }
    }

    boolean allows(BucketState bucket, String action, Optional<String> key, Optional<StoredVersion> version) {
        var block = world().blockOf(bucket);
        var policy = bucket.settings().policy();
        var restricted = block.restrictPublicBuckets()
                && !caller().accountId().equals(bucket.owner().id())
                && policy.filter(PublicPolicy::is).isPresent();
        if (restricted) {
            return false;
        }
        var acls = bucket.settings().ownership() != Ownership.BUCKET_OWNER_ENFORCED;
        var access = acls
                ? version.map(bucket::accessOf)
                        .map(found -> new ObjectAccess(found.ownerId(), block.counting(found.grants())))
                : Optional.<ObjectAccess>empty();
        return services.authorizer()
                .allows(new AccessRequest(
                        caller(), action, bucket.name(), bucket.owner().id(), policy, key, access, head));
    }

    /** Whether the caller may do this to its account. */
    boolean allows(String action, String accountId) {
        return services.authorizer()
                .allows(new AccessRequest(
                        caller(), action, "*", accountId, Optional.empty(), Optional.empty(), Optional.empty(), head));
    }

    /** Refuses what the caller may not do with a key of KMS. */
    void require(String action, KmsKey key, Map<String, String> context) {
        var policy = world().kmsKeys().policyOf(key);
        if (!services.authorizer().allows(new KeyRequest(caller(), action, key, policy, context))) {
            throw new Refusal(
                    ErrorCode.ACCESS_DENIED,
                    "User: " + caller().principalArn() + " is not authorized to perform: " + action
                            + " on the resource associated with this ciphertext because the resource does not exist in"
                            + " this Region, no resource-based policies allow access, or a resource-based policy"
                            + " explicitly denies access");
        }
    }

    private Refusal denied(String action, String resource) {
        return new Refusal(
                ErrorCode.ACCESS_DENIED,
                "User: " + caller().principalArn() + " is not authorized to perform: " + action
                        + " on resource: \"arn:aws:s3:::" + resource + "\"");
    }

    Future<Void> xml(String document) {
        response().putHeader("Content-Type", "application/xml");
        return text(document);
    }

    Future<Void> text(String document) {
        return answer(() -> send(document.getBytes(StandardCharsets.UTF_8)));
    }

    private Future<Void> send(byte[] document) {
        if (mishaps.corruptsAnswer() && document.length > 0) {
            document[document.length / 2] ^= 1;
        }
        var limit = mishaps.answerLimit().filter(bytes -> bytes < document.length);
        response().putHeader("Content-Length", Integer.toString(document.length));
        return limit.isPresent()
                ? response()
                        .write(Buffer.buffer(document).slice(0, Math.toIntExact(limit.get())))
                        .compose(_ -> Mishaps.end(request))
                : response().end(Buffer.buffer(document));
    }

    Future<Void> empty(int status) {
        return answer(() -> response().setStatusCode(status).end());
    }

    /** Sends the answer to what was done; when it cannot be sent, or a fault keeps it back, that is counted. */
    Future<Void> answer(Supplier<Future<Void>> sending) {
        return mishaps.after(services.vertx(), request, sending).onFailure(_ -> {
            if (operation.changes()) {
                services.lostAnswers().count(target.bucket(), operation.name());
            }
        });
    }
}
