package io.tidelock.compliance.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.compliance.access.AccessRequest;
import io.tidelock.compliance.access.BucketAccess;
import io.tidelock.compliance.access.BucketSituation;
import io.tidelock.compliance.access.Caller;
import io.tidelock.compliance.access.Decision;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Home;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.policy.RequestContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether policies that are there allow what is needed: every need is put to the evaluator as requests that lie within
 * it. What organizations and permission boundaries take away is not looked at.
 */
public final class Comparison {
    private static final String OTHER_ACCOUNT = "000000000000";
    private static final List<String> SAMPLES = List.of("k", "tidelock/sample.txt", "\u00e9 (1)~!");

    private static final Collected<Policy> EVERYTHING = PolicyReader.read(everything(), PolicyKind.IDENTITY);

    private Comparison() {}

    private static JsonNode everything() {
        var document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        document.putArray("Statement")
                .addObject()
                .put("Effect", "Allow")
                .put("Action", "*")
                .put("Resource", "*");
        return document;
    }

    /**
     * A need that is not met, or not for certain.
     *
     * @param missing whether it is certain that it is not allowed; otherwise that cannot be told
     * @param why in words
     */
    public record Shortfall(Need need, boolean missing, String why) {}

    /**
     * The needs that are not met for certain.
     *
     * @param ofPrincipal what the principal itself is allowed
     * @param ofResource what the bucket's or key's policy allows
     */
    public static List<Shortfall> shortfalls(
            Collection<Need> needs, Collected<Policy> ofPrincipal, Collected<Policy> ofResource) {
        var found = new ArrayList<Shortfall>();
        for (var need : needs) {
            var situation = situation(need, ofResource);
            var access = need.ofKey() ? BucketAccess.ofKey(situation) : new BucketAccess(situation);
            @Nullable Shortfall worst = null;
            for (var request : requests(need, ofPrincipal)) {
                var one = shortfall(need, access.decide(request), ofPrincipal, ofResource);
                if (one != null && (worst == null || one.missing())) {
                    worst = one;
                }
            }
            if (worst != null) {
                found.add(worst);
            }
        }
        return List.copyOf(found);
    }

    /**
     * The needs of one key that its policy neither meets nor leaves to the principal's account, whatever the principal
     * itself is allowed. Grants are not looked at.
     */
    public static List<Shortfall> ofKeyPolicy(Collection<Need> needs, Collected<Policy> ofKey) {
        return shortfalls(needs, EVERYTHING, ofKey);
    }

    private static @Nullable Shortfall shortfall(
            Need need, Decision decision, Collected<Policy> ofPrincipal, Collected<Policy> ofResource) {
        return switch (decision) {
            case Decision.Allowed _ -> null;
            case Decision.Denied(var why, var by) -> new Shortfall(need, true, why + by(by));
            case Decision.Conditional(var why, var by) -> {
                var unread = new ArrayList<String>();
                if (!ofPrincipal.certain()) {
                    unread.add(ofPrincipal.uncertainty("the principal's own policy"));
                }
                if (!ofResource.certain()) {
                    unread.add(ofResource.uncertainty("the resource's policy"));
                }
                yield new Shortfall(need, false, unread.isEmpty() ? why + by(by) : String.join("; ", unread));
            }
        };
    }

    private static String by(List<String> by) {
        return by.isEmpty()
                ? ""
                : ": " + String.join(", ", by.stream().distinct().toList());
    }

    private static BucketSituation situation(Need need, Collected<Policy> ofResource) {
        var name = need.resource().substring(need.resource().lastIndexOf(':') + 1);
        return new BucketSituation(
                new BucketResource(name.split("/", 2)[0]),
                new Home(need.foreign() ? OTHER_ACCOUNT : Trust.accountOf(need.principal()), null),
                ofResource,
                new Collected.NotConfigured<>(),
                new Collected.NotConfigured<>(),
                new EffectiveBlock(
                        new Collected.NotConfigured<>(),
                        new Collected.NotConfigured<>(),
                        new Collected.NotConfigured<>()),
                new Collected.NotConfigured<>(),
                null);
    }

    private static List<AccessRequest> requests(Need need, Collected<Policy> ofPrincipal) {
        var caller = Caller.identity(need.principal());
        var requests = new ArrayList<AccessRequest>();
        for (var resource : samples(need.resource())) {
            for (var context : contexts(need)) {
                requests.add(new AccessRequest(caller, need.action(), resource, context, ofPrincipal));
            }
        }
        return requests;
    }

    private static List<RequestContext> contexts(Need need) {
        var known = RequestContext.UNKNOWN.with("aws:SecureTransport", "true");
        var contexts =
                List.of(need.ofKey() ? known.with("kms:CallerAccount", Trust.accountOf(need.principal())) : known);
        for (var condition : need.conditions()) {
            var more = new ArrayList<RequestContext>();
            for (var context : contexts) {
                for (var value : condition.values()) {
                    samples(value).forEach(sample -> more.add(context.with(condition.key(), sample)));
                }
            }
            contexts = more;
        }
        return contexts;
    }

    /** Strings that a pattern of ours stands for: its only wildcard is a star at its end. */
    private static List<String> samples(String pattern) {
        var literal = pattern.replace("${*}", "\u0000").replace("${?}", "?").replace("${$}", "$");
        if (!literal.endsWith("*")) {
            return List.of(literal.replace('\u0000', '*'));
        }
        var stem = literal.substring(0, literal.length() - 1).replace('\u0000', '*');
        return SAMPLES.stream().map(stem::concat).toList();
    }
}
