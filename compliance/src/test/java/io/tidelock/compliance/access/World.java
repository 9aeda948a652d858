package io.tidelock.compliance.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.document.DocumentReader;
import io.tidelock.compliance.document.JsonDocument;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Home;
import io.tidelock.compliance.policy.Policies;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.RequestContext;
import java.util.function.Function;

/** Bucket b of account A (111122223333, canonical id owner-a) for tests; documents with single quotes. */
final class World {
    static final String A = "111122223333";
    static final String B = "444455556666";

    private Collected<Policy> policy = new Collected.NotConfigured<>();
    private Collected<Acl> acl = new Collected.NotConfigured<>();
    private Collected<Acl> objectAcl = new Collected.NotConfigured<>();
    private Collected<Ownership> ownership = new Collected.Known<>(Ownership.OBJECT_WRITER);
    private Collected<BlockPublicAccess> account = new Collected.NotConfigured<>();
    private Collected<BlockPublicAccess> bucket = new Collected.NotConfigured<>();
    private Collected<Policy> identity = new Collected.NotConfigured<>();
    private RequestContext context = RequestContext.UNKNOWN;
    private String objectOwner = "owner-a";

    static JsonNode json(String text) {
        return switch (DocumentReader.BUCKET_DOCUMENTS.read(text.replace('\'', '"'))) {
            case JsonDocument.Read(var root) -> root;
            case JsonDocument.Unreadable unreadable -> throw new AssertionError(unreadable.sentence() + ": " + text);
        };
    }

    private static <T> Collected<T> known(String text, Function<JsonNode, Collected<T>> reader) {
        return reader.apply(json(text));
    }

    World policy(String... statements) {
        policy = new Collected.Known<>(Policies.policy(statements));
        return this;
    }

    World policy(Collected<Policy> collected) {
        policy = collected;
        return this;
    }

    World acl(String text) {
        acl = known(text, AclReader::read);
        return this;
    }

    World objectAcl(String owner, String text) {
        objectOwner = owner;
        objectAcl = known(text, AclReader::read);
        return this;
    }

    World ownership(String value) {
        ownership = known("{'Rules':[{'ObjectOwnership':'" + value + "'}]}", Ownership::read);
        return this;
    }

    World accountBlock(String text) {
        account = known(text, BlockPublicAccess::read);
        return this;
    }

    World bucketBlock(String text) {
        bucket = known(text, BlockPublicAccess::read);
        return this;
    }

    World identity(String... statements) {
        identity = new Collected.Known<>(Policies.read(Policies.document(statements), PolicyKind.IDENTITY));
        return this;
    }

    World context(RequestContext known) {
        context = known;
        return this;
    }

    Decision decide(Caller caller, String action, String resource) {
        var situation = new BucketSituation(
                new BucketResource("b"),
                new Home(A, "owner-a"),
                policy,
                acl,
                ownership,
                new EffectiveBlock(new Collected.NotConfigured<>(), account, bucket),
                objectAcl,
                objectOwner);
        return new BucketAccess(situation).decide(new AccessRequest(caller, action, resource, context, identity));
    }

    /** The decision's kind and who decided, for one look in an assertion. */
    String kind(Caller caller, String action, String resource) {
        return decide(caller, action, resource).getClass().getSimpleName();
    }

    static Caller user(String account, String name) {
        return Caller.identity("arn:aws:iam::" + account + ":user/" + name);
    }

    static Caller canonical(String arn, String canonicalId) {
        return new Caller.Identity(Caller.identity(arn).arn(), canonicalId);
    }
}
