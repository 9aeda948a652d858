package io.tidelock.compliance.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidelock.compliance.access.AccessRequest;
import io.tidelock.compliance.access.BucketAccess;
import io.tidelock.compliance.access.BucketSituation;
import io.tidelock.compliance.access.Caller;
import io.tidelock.compliance.access.Decision;
import io.tidelock.compliance.access.EffectiveBlock;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.iam.Edge.Feature;
import io.tidelock.compliance.iam.GrantDocument.Kind;
import io.tidelock.compliance.policy.Arn;
import io.tidelock.compliance.policy.BucketResource;
import io.tidelock.compliance.policy.Home;
import io.tidelock.compliance.policy.Policy;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.PolicyReader;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.S3Actions;
import io.tidelock.compliance.policy.S3Actions.Access;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The analyser's proof on generated replications: all that is needed is allowed, and nothing else is. */
class LeastPrivilegeTest {
    private static final List<String> ACCOUNTS = List.of("111122223333", "444455556666", "777788889999");
    private static final List<String> PREFIXES = List.of("", "a/", "a/deeper/", "b", "originals/2026/");
    private static final int EDGES = 30;

    /** Generated needs, with the seed that makes them again. */
    record Generated(long seed, List<Need> needs, List<Trust> trusts) {
        List<GrantDocument> documents() {
            return Grants.of(trusts, needs);
        }

        @Override
        public String toString() {
            return "seed " + seed;
        }
    }

    static Stream<Generated> generated() {
        return Stream.iterate(1L, seed -> seed + 1).limit(EDGES).map(LeastPrivilegeTest::generate);
    }

    private static Generated generate(long seed) {
        var random = new SplittableRandom(seed);
        var needs = new ArrayList<Need>();
        var trusts = new ArrayList<Trust>();
        var edges = 1 + random.nextInt(3);
        for (int i = 0; i < edges; i++) {
            var source = side(random, "source" + i, "reader");
            var destination = side(random, "replica" + random.nextInt(2), "writer");
            var features = new TreeSet<Feature>();
            for (var feature : Feature.values()) {
                if (random.nextBoolean()) {
                    features.add(feature);
                }
            }
            var kms = features.contains(Feature.KMS);
            var prefixes = some(random, PREFIXES);
            var edge = new Edge(
                    source,
                    destination,
                    prefixes,
                    random.nextBoolean() ? prefixes : List.of("copy/"),
                    kms && random.nextBoolean() ? List.of(key(source, random)) : List.of(),
                    kms ? List.of(key(destination, random)) : List.of(),
                    features);
            needs.addAll(random.nextInt(4) == 0 ? Needs.ofProvider(edge) : Needs.ofTidelock(edge));
            trusts.add(new Trust.OfPrincipal(
                    destination.principal(), source.principal(), random.nextBoolean() ? "external" : null));
        }
        needs.addAll(Needs.ofAssuming(trusts));
        return new Generated(seed, needs, trusts);
    }

    private static Side side(SplittableRandom random, String bucket, String role) {
        // a bucket has one account, whatever it is used for
        var account = ACCOUNTS.get(bucket.hashCode() & 1);
        var principal = random.nextBoolean() ? account : ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        return new Side(bucket, "eu-west-3", account, "arn:aws:iam::" + principal + ":role/" + role);
    }

    private static String key(Side side, SplittableRandom random) {
        return "arn:aws:kms:" + side.region() + ":" + side.account() + ":key/" + random.nextInt(3);
    }

    private static List<String> some(SplittableRandom random, List<String> all) {
        var some = all.stream().filter(_ -> random.nextInt(3) == 0).toList();
        return some.isEmpty() ? List.of(all.get(random.nextInt(all.size()))) : some;
    }

    @ParameterizedTest
    @MethodSource("generated")
    void every_needed_action_is_allowed(Generated generated) {
        var documents = generated.documents();
        for (var need : generated.needs()) {
            // When
            var shortfalls = Comparison.shortfalls(
                    List.of(need), ofPrincipal(documents, need.principal()), ofResource(documents, need));

            // Then
            assertThat(shortfalls).as("%s: %s", generated, need).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("generated")
    void nothing_is_allowed_beyond_the_needs(Generated generated) {
        for (var document : generated.documents()) {
            // When
            var excess = excess(document.policy(), document, generated.needs());

            // Then
            assertThat(excess).as("%s: %s", generated, document.title()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("generated")
    void every_other_action_resource_and_principal_is_refused(Generated generated) {
        var documents = generated.documents();
        var principals = Stream.concat(
                        generated.needs().stream().map(Need::principal),
                        Stream.of(
                                "arn:aws:iam::111122223333:role/somebody-else",
                                "arn:aws:iam::111122223333:user/reader",
                                "arn:aws:iam::999999999999:role/reader"))
                .distinct()
                .toList();
        for (var bucket : List.of("source0", "replica0", "replica1", "other")) {
            for (var principal : principals) {
                for (var resource : Stream.of(
                                "", "/a/k", "/a/deeper/k", "/bc", "/copy/k", "/elsewhere/k", "/originals/2026")
                        .map(tail -> "arn:aws:s3:::" + bucket + tail)
                        .toList()) {
                    Stream.of(Access.values()).flatMap(S3Actions::known).forEach(action -> {
                        if (isNeeded(generated.needs(), principal, action, resource)) {
                            return;
                        }
                        var decision = decide(documents, bucket, principal, action, resource);
                        assertThat(decision)
                                .as("%s: %s %s %s", generated, principal, action, resource)
                                .isInstanceOf(Decision.Denied.class);
                    });
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("generated")
    void every_widening_of_a_statement_is_found(Generated generated) {
        for (var document : generated.documents()) {
            if (document.kind() == Kind.TRUST) {
                continue;
            }
            var statements = document.policy().get("Statement").size();
            for (int i = 0; i < statements; i++) {
                for (var widened : widened(document, i)) {
                    // Then
                    assertThat(excess(widened, document, generated.needs()))
                            .as("%s: %s", generated, widened.get("Statement").get(i))
                            .isNotEmpty();
                }
            }
        }
    }

    private static List<ObjectNode> widened(GrantDocument document, int statement) {
        var all = new ArrayList<ObjectNode>();
        var action = document.policy().deepCopy();
        statement(action, statement).withArray("Action").add("s3:PutBucketPolicy");
        all.add(action);
        var actions = document.policy().deepCopy();
        statement(actions, statement).put("Action", "*");
        all.add(actions);
        if (document.kind() != Kind.KEY_STATEMENTS) {
            var resource = document.policy().deepCopy();
            statement(resource, statement).put("Resource", "*");
            all.add(resource);
        }
        if (statement(document.policy(), statement).has("Condition")) {
            var condition = document.policy().deepCopy();
            statement(condition, statement).remove("Condition");
            all.add(condition);
        }
        if (statement(document.policy(), statement).has("Principal")) {
            for (var other : List.of("*", "arn:aws:iam::111122223333:root", "arn:aws:iam::999999999999:role/reader")) {
                var principal = document.policy().deepCopy();
                var named = statement(principal, statement).withObjectProperty("Principal");
                named.putArray("AWS").add(named.path("AWS").asText()).add(other);
                named.withArray("AWS")
                        .set(0, statement(document.policy(), statement).at("/Principal/AWS"));
                all.add(principal);
            }
        }
        return all;
    }

    private static ObjectNode statement(ObjectNode policy, int number) {
        return (ObjectNode) policy.get("Statement").get(number);
    }

    private static List<Excess> excess(JsonNode policy, GrantDocument document, Collection<Need> needs) {
        return switch (document.kind()) {
            case PERMISSIONS ->
                Excess.ofPermissions(
                        read(policy, PolicyKind.IDENTITY),
                        needs.stream()
                                .filter(need -> need.principal().equals(document.subject()))
                                .toList());
            case BUCKET_POLICY, KEY_STATEMENTS ->
                Excess.ofResourcePolicy(
                        read(policy, PolicyKind.RESOURCE),
                        needs.stream()
                                .filter(need -> belongs(need, document))
                                .map(need -> document.kind() == Kind.KEY_STATEMENTS ? onItself(need) : need)
                                .toList());
            case TRUST ->
                TrustComparison.of(
                                read(policy, PolicyKind.TRUST),
                                new Trust.OfPrincipal(
                                        document.subject(),
                                        policy.at("/Statement/0/Principal/AWS").asText(),
                                        policy.at("/Statement/0/Condition/StringEquals/sts:ExternalId")
                                                        .isMissingNode()
                                                ? null
                                                : "external"),
                                needs.stream()
                                        .filter(need -> need.action().equals("sts:AssumeRole")
                                                && need.resource().equals(document.subject()))
                                        .map(Need::principal)
                                        .collect(Collectors.toSet()))
                        .excess();
        };
    }

    private static Need onItself(Need need) {
        return new Need(need.principal(), need.action(), "*", need.where(), need.foreign(), need.conditions());
    }

    private static boolean belongs(Need need, GrantDocument document) {
        return need.resource().equals(document.subject()) || need.resource().startsWith(document.subject() + "/");
    }

    private static boolean isNeeded(List<Need> needs, String principal, String action, String resource) {
        return needs.stream()
                .anyMatch(need -> need.principal().equals(principal)
                        && need.action().equals(action)
                        && Arn.matches(need.resource(), resource));
    }

    private static Decision decide(
            List<GrantDocument> documents, String bucket, String principal, String action, String resource) {
        var situation = new BucketSituation(
                new BucketResource(bucket),
                new Home(ACCOUNTS.get(bucket.hashCode() & 1), null),
                policy(documents, Kind.BUCKET_POLICY, "arn:aws:s3:::" + bucket, PolicyKind.RESOURCE),
                new Collected.NotConfigured<>(),
                new Collected.NotConfigured<>(),
                new EffectiveBlock(
                        new Collected.NotConfigured<>(),
                        new Collected.NotConfigured<>(),
                        new Collected.NotConfigured<>()),
                new Collected.NotConfigured<>(),
                null);
        return new BucketAccess(situation)
                .decide(new AccessRequest(
                        Caller.identity(principal),
                        action,
                        resource,
                        RequestContext.UNKNOWN,
                        ofPrincipal(documents, principal)));
    }

    private static Collected<Policy> ofPrincipal(List<GrantDocument> documents, String principal) {
        return policy(documents, Kind.PERMISSIONS, principal, PolicyKind.IDENTITY);
    }

    private static Collected<Policy> ofResource(List<GrantDocument> documents, Need need) {
        return switch (need.where()) {
            case SOURCE_KEY, REPLICA_KEY ->
                policy(documents, Kind.KEY_STATEMENTS, need.resource(), PolicyKind.RESOURCE);
            case SOURCE_BUCKET, DESTINATION_BUCKET ->
                policy(documents, Kind.BUCKET_POLICY, need.resource().split("/", 2)[0], PolicyKind.RESOURCE);
            case ROLE -> everything();
        };
    }

    /** A trust policy has no resource; {@link TrustComparison} judges it. */
    private static Collected<Policy> everything() {
        return new Collected.Known<>(read(
                JsonNodeFactory.instance
                        .objectNode()
                        .set(
                                "Statement",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("Effect", "Allow")
                                        .put("Principal", "*")
                                        .put("Action", "*")
                                        .put("Resource", "*")),
                PolicyKind.RESOURCE));
    }

    private static Collected<Policy> policy(
            List<GrantDocument> documents, Kind kind, String subject, PolicyKind readAs) {
        return documents.stream()
                .filter(document ->
                        document.kind() == kind && document.subject().equals(subject))
                .findFirst()
                .<Collected<Policy>>map(document -> new Collected.Known<>(read(document.policy(), readAs)))
                .orElseGet(Collected.NotConfigured::new);
    }

    private static Policy read(JsonNode policy, PolicyKind kind) {
        return PolicyReader.read(policy, kind).known().orElseThrow();
    }
}
