package io.tidelock.compliance.access;

import static io.tidelock.compliance.access.World.A;
import static io.tidelock.compliance.access.World.B;
import static io.tidelock.compliance.access.World.canonical;
import static io.tidelock.compliance.access.World.user;
import static io.tidelock.compliance.policy.Policies.allow;
import static io.tidelock.compliance.policy.Policies.deny;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.RequestContext;
import java.util.List;
import org.junit.jupiter.api.Test;

class BucketAccessTest {
    private static final Caller ANONYMOUS = new Caller.Anonymous();
    private static final String BUCKET = "arn:aws:s3:::b";
    private static final String OBJECT = "arn:aws:s3:::b/key";
    private static final String MAY_ALL = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";
    private static final String ALL_OFF =
            "{'BlockPublicAcls':false,'IgnorePublicAcls':false,'BlockPublicPolicy':false,'RestrictPublicBuckets':false}";

    private static String grant(String grantee, String permission) {
        return "{'Owner':{'ID':'owner-a'},'Grants':[{'Grantee':{'Type':'CanonicalUser','ID':'owner-a'},'Permission':'FULL_CONTROL'},{'Grantee':"
                + grantee + ",'Permission':'" + permission + "'}]}";
    }

    private static final String ALL_USERS = "{'Type':'Group','URI':'http://acs.amazonaws.com/groups/global/AllUsers'}";
    private static final String LOGGED_IN =
            "{'Type':'Group','URI':'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'}";
    private static final String TO_B = "{'Type':'CanonicalUser','ID':'owner-b'}";

    @Test
    void a_decision_names_the_statement_that_decided() {
        // Given
        var world =
                new World().policy(allow("'*'", ""), deny("'*'", "'s3:GetObject'", "'arn:aws:s3:::b/secret/*'", ""));

        // Then
        assertThat(world.decide(ANONYMOUS, "s3:GetObject", OBJECT))
                .isEqualTo(new Decision.Allowed(List.of("the bucket policy, statement 1 (Sid A)")));
        assertThat(world.decide(ANONYMOUS, "s3:GetObject", "arn:aws:s3:::b/secret/x"))
                .isEqualTo(new Decision.Denied("an explicit Deny", List.of("the bucket policy, statement 2 (Sid D)")));
        assertThat(world.kind(ANONYMOUS, "s3:PutObject", OBJECT)).isEqualTo("Denied");
    }

    @Test
    void what_is_not_known_of_the_request_makes_the_decision_conditional() {
        // Given
        var world = new World().policy(allow("'*'", "{'IpAddress':{'aws:SourceIp':'198.51.100.0/24'}}"));

        // Then
        assertThat(world.kind(ANONYMOUS, "s3:GetObject", OBJECT)).isEqualTo("Conditional");
        assertThat(world.context(RequestContext.UNKNOWN.with("aws:SourceIp", "198.51.100.9"))
                        .kind(ANONYMOUS, "s3:GetObject", OBJECT))
                .isEqualTo("Allowed");
        assertThat(world.context(RequestContext.UNKNOWN.with("aws:sourceip", "203.0.113.9"))
                        .kind(ANONYMOUS, "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
    }

    @Test
    void rule_B4_a_restricted_public_policy_leaves_only_services_and_the_own_account() {
        // Given
        var world = new World()
                .policy(
                        allow("'*'", ""),
                        allow("{'AWS':'" + B + "'}", "'s3:PutObject'", ""),
                        allow("{'Service':'s.amazonaws.com'}", ""))
                .bucketBlock("{'RestrictPublicBuckets':true}")
                .identity(MAY_ALL);

        // Then
        assertThat(world.kind(ANONYMOUS, "s3:GetObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.kind(user(B, "u"), "s3:PutObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.kind(user(A, "u"), "s3:GetObject", OBJECT)).isEqualTo("Allowed");
        assertThat(world.kind(new Caller.Service("s.amazonaws.com"), "s3:GetObject", OBJECT))
                .isEqualTo("Allowed");
        assertThat(world.bucketBlock(ALL_OFF).kind(user(B, "u"), "s3:PutObject", OBJECT))
                .isEqualTo("Allowed");
    }

    @Test
    void rule_B1_the_accounts_block_counts_like_the_buckets() {
        // Given
        var world = new World().policy(allow("'*'", "")).bucketBlock(ALL_OFF);

        // Then
        assertThat(world.kind(ANONYMOUS, "s3:GetObject", OBJECT)).isEqualTo("Allowed");
        assertThat(world.accountBlock("{'RestrictPublicBuckets':'TRUE'}").kind(ANONYMOUS, "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(world.accountBlock("{'BlockPublicPolicy':true,'BlockPublicAcls':true}")
                        .kind(ANONYMOUS, "s3:GetObject", OBJECT))
                .as("the two Block flags stop only new documents (rule B2)")
                .isEqualTo("Allowed");
    }

    @Test
    void rule_B1_ignored_acls_let_nobody_in() {
        // Given
        var world = new World().acl(grant(ALL_USERS, "READ"));

        // Then
        assertThat(world.kind(ANONYMOUS, "s3:ListBucket", BUCKET)).isEqualTo("Allowed");
        assertThat(world.bucketBlock("{'IgnorePublicAcls':true}").kind(ANONYMOUS, "s3:ListBucket", BUCKET))
                .isEqualTo("Denied");
        assertThat(world.bucketBlock(ALL_OFF).ownership("BucketOwnerEnforced").kind(ANONYMOUS, "s3:ListBucket", BUCKET))
                .as("rule A5")
                .isEqualTo("Denied");
    }

    @Test
    void an_unreadable_policy_allows_and_denies_nothing_for_certain() {
        // Given
        var world =
                new World().policy(new Collected.Unavailable<>("AccessDenied")).acl(grant(ALL_USERS, "READ"));

        // When
        var decision = world.decide(ANONYMOUS, "s3:ListBucket", BUCKET);

        // Then
        assertThat(decision).isInstanceOf(Decision.Conditional.class);
        assertThat(decision.by()).contains("the bucket policy could not be read: AccessDenied");
    }

    @Test
    void the_owners_root_may_all_that_nothing_denies() {
        assertThat(new World().kind(Caller.account(A), "s3:PutBucketPolicy", BUCKET))
                .isEqualTo("Allowed");
        assertThat(new World().policy(deny("'*'", "'s3:*'", "'*'", "")).kind(Caller.account(A), "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(new World().kind(Caller.account(B), "s3:GetObject", OBJECT)).isEqualTo("Denied");
    }

    @Test
    void a_session_is_its_role() {
        // Given
        var world = new World()
                .policy(allow("{'AWS':'arn:aws:iam::" + A + ":role/path/r'}", ""))
                .identity();

        // Then
        assertThat(world.kind(Caller.identity("arn:aws:sts::" + A + ":assumed-role/r/s"), "s3:GetObject", OBJECT))
                .isEqualTo("Allowed");
        assertThat(world.kind(Caller.identity("arn:aws:sts::" + A + ":assumed-role/q/s"), "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(world.kind(Caller.identity("arn:aws:sts::" + B + ":assumed-role/r/s"), "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
    }

    @Test
    void an_object_of_somebody_else_is_beyond_the_bucket_policy() {
        // Given
        var world = new World().policy(allow("'*'", "")).objectAcl("owner-b", "{'Owner':{'ID':'owner-b'},'Grants':[]}");

        // Then
        assertThat(world.kind(ANONYMOUS, "s3:GetObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.ownership("BucketOwnerEnforced").kind(ANONYMOUS, "s3:GetObject", OBJECT))
                .isEqualTo("Allowed");
    }

    @Test
    void row_072_073_074_write_for_everyone() {
        // Given
        var world = new World().acl(grant(ALL_USERS, "WRITE"));

        // Then
        assertThat(world.kind(user(A, "plain"), "s3:PutObject", OBJECT)).isEqualTo("Allowed");
        assertThat(world.kind(user(B, "plain"), "s3:PutObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.kind(ANONYMOUS, "s3:PutObject", OBJECT)).isEqualTo("Allowed");
        assertThat(world.identity(MAY_ALL).kind(user(B, "admin"), "s3:PutObject", OBJECT))
                .isEqualTo("Allowed");
    }

    @Test
    void row_062_075_076_write_for_account_b_needs_both_sides() {
        // Given
        var world = new World().acl(grant(TO_B, "WRITE"));
        var plain = canonical("arn:aws:iam::" + B + ":user/plain", "owner-b");

        // Then
        assertThat(world.kind(plain, "s3:PutObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.identity(MAY_ALL).kind(plain, "s3:PutObject", OBJECT)).isEqualTo("Allowed");
        assertThat(world.ownership("BucketOwnerEnforced").kind(plain, "s3:PutObject", OBJECT))
                .isEqualTo("Denied");
    }

    @Test
    void row_006_007_017_list_for_everyone_or_for_whoever_is_logged_in() {
        assertThat(new World().acl(grant(ALL_USERS, "READ")).kind(ANONYMOUS, "s3:ListBucket", BUCKET))
                .isEqualTo("Allowed");
        assertThat(new World().acl(grant(LOGGED_IN, "READ")).kind(ANONYMOUS, "s3:ListBucket", BUCKET))
                .isEqualTo("Denied");
        assertThat(new World()
                        .acl(grant(LOGGED_IN, "READ"))
                        .identity(MAY_ALL)
                        .kind(user(B, "u"), "s3:ListBucket", BUCKET))
                .isEqualTo("Allowed");
    }

    @Test
    void row_022_023_066_067_077_078_an_upload_of_b_is_b_s_unless_shared() {
        // Given
        var own = new World()
                .identity(MAY_ALL)
                .objectAcl(
                        "owner-b",
                        "{'Owner':{'ID':'owner-b'},'Grants':[{'Grantee':{'ID':'owner-b'},'Permission':'FULL_CONTROL'}]}");
        var shared = new World()
                .identity(MAY_ALL)
                .objectAcl(
                        "owner-b",
                        "{'Owner':{'ID':'owner-b'},'Grants':[{'Grantee':{'ID':'owner-a'},'Permission':'FULL_CONTROL'}]}");

        // Then
        assertThat(own.kind(Caller.account(A), "s3:GetObject", OBJECT)).isEqualTo("Denied");
        assertThat(shared.kind(Caller.account(A), "s3:GetObject", OBJECT)).isEqualTo("Allowed");
    }

    @Test
    void row_079_the_bucket_owner_can_always_delete() {
        assertThat(new World()
                        .objectAcl("owner-b", "{'Owner':{'ID':'owner-b'},'Grants':[]}")
                        .kind(Caller.account(A), "s3:DeleteObject", OBJECT))
                .isEqualTo("Allowed");
    }

    @Test
    void row_080_081_082_a_policy_for_testuser_needs_the_identity_side_and_gives_nobody_else_anything() {
        // Given
        var world = new World().policy(allow("{'AWS':'arn:aws:iam::" + B + ":user/testuser'}", "'s3:PutObject'", ""));

        // Then
        assertThat(world.kind(user(B, "testuser"), "s3:PutObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.identity(MAY_ALL).kind(user(B, "testuser"), "s3:PutObject", OBJECT))
                .isEqualTo("Allowed");
        assertThat(world.kind(user(B, "admin"), "s3:PutObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.kind(user(B, "testuser"), "s3:GetObject", OBJECT)).isEqualTo("Denied");
    }

    @Test
    void row_069_070_083_an_allow_under_a_canned_acl_limits_only_that_grant() {
        // Given
        var allowed = allow(
                "{'AWS':'arn:aws:iam::" + B + ":user/testuser'}",
                "'s3:PutObject'",
                "{'StringEquals':{'s3:x-amz-acl':'bucket-owner-full-control'}}");
        var world = new World().policy(allowed).identity(MAY_ALL);
        var plain = RequestContext.UNKNOWN.without("s3:x-amz-acl");

        // Then
        assertThat(world.context(plain).kind(user(B, "testuser"), "s3:PutObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(world.context(RequestContext.UNKNOWN.with("s3:x-amz-acl", "bucket-owner-full-control"))
                        .kind(user(B, "testuser"), "s3:PutObject", OBJECT))
                .isEqualTo("Allowed");
        assertThat(world.policy(allowed, allow("{'AWS':'" + B + "'}", "'s3:PutObject'", ""))
                        .context(plain)
                        .kind(user(B, "testuser"), "s3:PutObject", OBJECT))
                .as("another statement still allows it; only a Deny enforces")
                .isEqualTo("Allowed");
    }

    @Test
    void policy_variables_are_filled_in_where_they_are_known() {
        // Given
        var world = new World()
                .policy("{'Effect':'Allow','Principal':{'AWS':'" + A
                        + "'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/home/${aws:username}/*'}")
                .identity(
                        "{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/home/${aws:username}/*'}");

        // Then
        assertThat(world.kind(user(A, "ann"), "s3:GetObject", "arn:aws:s3:::b/home/ann/x"))
                .isEqualTo("Conditional");
        world.context(RequestContext.UNKNOWN.with("aws:username", "ann"));
        assertThat(world.kind(user(A, "ann"), "s3:GetObject", "arn:aws:s3:::b/home/ann/x"))
                .isEqualTo("Allowed");
        assertThat(world.kind(user(A, "ann"), "s3:GetObject", "arn:aws:s3:::b/home/bob/x"))
                .isEqualTo("Denied");
    }
}
