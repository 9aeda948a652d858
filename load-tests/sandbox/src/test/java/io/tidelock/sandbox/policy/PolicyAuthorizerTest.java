package io.tidelock.sandbox.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.sandbox.auth.AccessRequest;
import io.tidelock.sandbox.auth.Caller;
import io.tidelock.sandbox.auth.Headers;
import io.tidelock.sandbox.auth.RequestHead;
import io.tidelock.sandbox.model.Account;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.ObjectAccess;
import io.tidelock.sandbox.model.Role;
import io.tidelock.sandbox.model.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyAuthorizerTest {
    private static final String OWNER = "111111111111";
    private static final String OTHER = "222222222222";

    private final World world = new World(() -> Instant.EPOCH, 1, Set.of("eu-west-1"));
    private final PolicyAuthorizer authorizer = new PolicyAuthorizer(world);

    PolicyAuthorizerTest() {
        world.add(Account.of(OWNER, "owner")
                .withRole(new Role(OWNER, "full", Set.of(), ""))
                .withRole(new Role(OWNER, "reader", Set.of(), "").limitedTo(policy("""
                                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:List*"],
                                 "Resource": ["arn:aws:s3:::photos/public/*", "arn:aws:s3:::photos"]}"""))));
        world.add(Account.of(OTHER, "other")
                .withRole(new Role(OTHER, "replicator", Set.of(), ""))
                .withRole(new Role(OTHER, "narrow", Set.of(), "").limitedTo(policy("""
                                {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}"""))));
    }

    /** Headers of a request that has only these. */
    record FewHeaders(Map<String, String> fields) implements Headers {
        @Override
        public Optional<String> first(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        @Override
        public List<String> all(String name) {
            return first(name).stream().toList();
        }

        @Override
        public Set<String> names() {
            return fields.keySet();
        }
    }

    private static String policy(String statement) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}";
    }

    private static String allow(String principal, String action, String resource) {
        return policy("{\"Effect\":\"Allow\",\"Principal\":%s,\"Action\":\"%s\",\"Resource\":\"%s\"}"
                .formatted(principal, action, resource));
    }

    private Caller root(String account) {
        return caller(account, "arn:aws:iam::" + account + ":root", Optional.empty());
    }

    private Caller role(String account, String name) {
        return caller(account, "arn:aws:sts::" + account + ":assumed-role/" + name + "/s", Optional.empty());
    }

    private Caller caller(String account, String arn, Optional<String> sessionPolicy) {
        var canonicalId = world.account(account).orElseThrow().canonicalId();
        return new Caller(account, canonicalId, arn, "AWS:x", "AKIA", sessionPolicy);
    }

    private boolean allows(Caller caller, String action, @Nullable String key, @Nullable String policy) {
        return allows(caller, action, key, policy, null, Map.of());
    }

    private boolean allows(
            Caller caller,
            String action,
            @Nullable String key,
            @Nullable String policy,
            @Nullable ObjectAccess object,
            Map<String, String> headers) {
        return authorizer.allows(new AccessRequest(
                caller,
                action,
                "photos",
                OWNER,
                Optional.ofNullable(policy),
                Optional.ofNullable(key),
                Optional.ofNullable(object),
                new RequestHead("GET", "/", "", new FewHeaders(headers), "eu-west-1", "127.0.0.1", Instant.EPOCH)));
    }

    @Test
    void the_owner_may_do_everything_and_so_may_its_roles_without_a_policy() {
        assertThat(allows(root(OWNER), "s3:DeleteBucket", null, null)).isTrue();
        assertThat(allows(role(OWNER, "full"), "s3:PutObject", "a", null)).isTrue();
    }

    @Test
    void a_role_may_do_what_its_policy_lists() {
        var reader = role(OWNER, "reader");
        assertThat(allows(reader, "s3:GetObject", "public/a", null)).isTrue();
        assertThat(allows(reader, "s3:ListBucket", null, null)).isTrue();
        assertThat(allows(reader, "s3:GetObject", "private/a", null)).isFalse();
        assertThat(allows(reader, "s3:GetObjectVersion", "public/a", null)).isFalse();
        assertThat(allows(reader, "s3:PutObject", "public/a", null)).isFalse();
        assertThat(allows(role(OWNER, "gone"), "s3:GetObject", "public/a", null))
                .isFalse();
    }

    @Test
    void a_bucket_policy_that_names_the_role_itself_adds_to_what_it_may_do() {
        var reader = role(OWNER, "reader");
        var role = "{\"AWS\":\"arn:aws:iam::" + OWNER + ":role/reader\"}";
        assertThat(allows(reader, "s3:PutObject", "a", allow(role, "s3:PutObject", "arn:aws:s3:::photos/*")))
                .isTrue();
        var account = "{\"AWS\":\"" + OWNER + "\"}";
        assertThat(allows(reader, "s3:PutObject", "a", allow(account, "s3:PutObject", "arn:aws:s3:::photos/*")))
                .isFalse();
    }

    @Test
    void another_account_needs_the_buckets_policy() {
        var resource = "arn:aws:s3:::photos/*";
        assertThat(allows(root(OTHER), "s3:GetObject", "a", null)).isFalse();
        for (var principal :
                List.of("\"*\"", "{\"AWS\":\"" + OTHER + "\"}", "{\"AWS\":\"arn:aws:iam::" + OTHER + ":root\"}")) {
            assertThat(allows(root(OTHER), "s3:GetObject", "a", allow(principal, "s3:GetObject", resource)))
                    .isTrue();
            assertThat(allows(role(OTHER, "replicator"), "s3:GetObject", "a", allow(principal, "s3:Get*", resource)))
                    .isTrue();
        }
        var role = "{\"AWS\":\"arn:aws:iam::" + OTHER + ":role/replicator\"}";
        assertThat(allows(role(OTHER, "replicator"), "s3:GetObject", "a", allow(role, "s3:GetObject", resource)))
                .isTrue();
        assertThat(allows(root(OTHER), "s3:GetObject", "a", allow(role, "s3:GetObject", resource)))
                .isFalse();
        assertThat(allows(role(OTHER, "replicator"), "s3:PutObject", "a", allow(role, "s3:GetObject", resource)))
                .isFalse();
    }

    @Test
    void across_accounts_the_roles_own_policy_must_allow_as_well() {
        var policy = allow("{\"AWS\":\"" + OTHER + "\"}", "s3:*", "arn:aws:s3:::photos/*");
        assertThat(allows(role(OTHER, "narrow"), "s3:PutObject", "a", policy)).isTrue();
        assertThat(allows(role(OTHER, "narrow"), "s3:GetObject", "a", policy)).isFalse();
    }

    @Test
    void a_session_policy_only_narrows() {
        var narrowed = caller(
                OWNER,
                "arn:aws:sts::" + OWNER + ":assumed-role/full/s",
                Optional.of(policy("{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}")));
        assertThat(allows(narrowed, "s3:GetObject", "a", null)).isTrue();
        assertThat(allows(narrowed, "s3:PutObject", "a", null)).isFalse();
    }

    @Test
    void a_deny_of_the_bucket_stops_even_its_owner_but_never_from_mending_the_policy() {
        var deny = policy("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"*\"}");
        assertThat(allows(root(OWNER), "s3:GetObject", "a", deny)).isFalse();
        assertThat(allows(root(OWNER), "s3:PutBucketPolicy", null, deny)).isTrue();
        assertThat(allows(role(OWNER, "full"), "s3:PutBucketPolicy", null, deny))
                .isFalse();
    }

    @Test
    void nobody_in_particular_may_do_what_everybody_may() {
        var resource = "arn:aws:s3:::photos/*";
        assertThat(allows(Caller.ANONYMOUS, "s3:GetObject", "a", null)).isFalse();
        assertThat(allows(Caller.ANONYMOUS, "s3:GetObject", "a", allow("\"*\"", "s3:GetObject", resource)))
                .isTrue();
        assertThat(allows(
                        Caller.ANONYMOUS,
                        "s3:GetObject",
                        "a",
                        allow("{\"AWS\":\"" + OTHER + "\"}", "s3:GetObject", resource)))
                .isFalse();
    }

    @Test
    void conditions_see_the_headers_and_the_role_behind_the_session() {
        var policy = policy("""
                {"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "s3:PutObject",
                 "Resource": "arn:aws:s3:::photos/*", "Condition": {
                   "StringEquals": {"s3:x-amz-acl": "bucket-owner-full-control"},
                   "ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::222222222222:role/replicator"}}}""");
        var acl = Map.of("x-amz-acl", "bucket-owner-full-control");
        assertThat(allows(role(OTHER, "replicator"), "s3:PutObject", "a", policy, null, acl))
                .isTrue();
        assertThat(allows(role(OTHER, "replicator"), "s3:PutObject", "a", policy))
                .isFalse();
        assertThat(allows(role(OTHER, "narrow"), "s3:PutObject", "a", policy, null, acl))
                .isFalse();
    }

    @Test
    void a_version_that_the_writer_owns_is_the_writers_to_share() {
        var otherId = world.account(OTHER).orElseThrow().canonicalId();
        var ownerId = world.account(OWNER).orElseThrow().canonicalId();
        var kept = new ObjectAccess(otherId, List.of(new Grant(otherId, Grant.FULL_CONTROL)));
        var shared = new ObjectAccess(
                otherId, List.of(new Grant(otherId, Grant.FULL_CONTROL), new Grant(ownerId, Grant.FULL_CONTROL)));
        assertThat(allows(root(OWNER), "s3:GetObject", "a", null, kept, Map.of()))
                .isFalse();
        assertThat(allows(root(OWNER), "s3:GetObject", "a", null, shared, Map.of()))
                .isTrue();
        assertThat(allows(root(OTHER), "s3:GetObject", "a", null, kept, Map.of()))
                .isTrue();
        var everybody = allow("\"*\"", "s3:*", "arn:aws:s3:::photos/*");
        assertThat(allows(root(OWNER), "s3:GetObject", "a", everybody, kept, Map.of()))
                .isFalse();
        assertThat(allows(root(OWNER), "s3:DeleteObject", "a", null, kept, Map.of()))
                .isTrue();
        assertThat(allows(root(OWNER), "s3:GetObjectTagging", "a", null, kept, Map.of()))
                .isTrue();
    }

    @Test
    void grants_on_a_version_let_others_in() {
        var ownerId = world.account(OWNER).orElseThrow().canonicalId();
        var otherId = world.account(OTHER).orElseThrow().canonicalId();
        var shared = new ObjectAccess(ownerId, List.of(new Grant(otherId, "READ")));
        assertThat(allows(root(OTHER), "s3:GetObject", "a", null, shared, Map.of()))
                .isTrue();
        assertThat(allows(root(OTHER), "s3:GetObjectAcl", "a", null, shared, Map.of()))
                .isFalse();
        assertThat(allows(Caller.ANONYMOUS, "s3:GetObject", "a", null, shared, Map.of()))
                .isFalse();
        var authenticated = new ObjectAccess(ownerId, List.of(new Grant(Grant.AUTHENTICATED_USERS, "READ")));
        assertThat(allows(root(OTHER), "s3:GetObject", "a", null, authenticated, Map.of()))
                .isTrue();
        assertThat(allows(Caller.ANONYMOUS, "s3:GetObject", "a", null, authenticated, Map.of()))
                .isFalse();
        var open = new ObjectAccess(ownerId, List.of(new Grant(Grant.ALL_USERS, "READ")));
        assertThat(allows(Caller.ANONYMOUS, "s3:GetObjectVersion", "a", null, open, Map.of()))
                .isTrue();
        var deny = policy("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:Get*\",\"Resource\":\"*\"}");
        assertThat(allows(root(OTHER), "s3:GetObject", "a", deny, open, Map.of()))
                .isFalse();
    }
}
