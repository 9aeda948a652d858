package io.tidelock.compliance.access;

import static io.tidelock.compliance.access.World.A;
import static io.tidelock.compliance.access.World.B;
import static io.tidelock.compliance.access.World.json;
import static io.tidelock.compliance.access.World.user;
import static io.tidelock.compliance.policy.Policies.allow;
import static io.tidelock.compliance.policy.Policies.deny;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidelock.compliance.policy.Policies;
import io.tidelock.compliance.policy.PolicyKind;
import io.tidelock.compliance.policy.Principal;
import io.tidelock.compliance.policy.Publicness;
import io.tidelock.compliance.policy.RequestContext;
import io.tidelock.compliance.policy.S3Actions;
import io.tidelock.compliance.policy.Truth;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows of the cookbook about who may do what; a test's name begins with the numbers of its rows. */
class CookbookAccessTest {
    private static final Caller ANYBODY = new Caller.Anonymous();
    private static final String BUCKET = "arn:aws:s3:::b";
    private static final String OBJECT = "arn:aws:s3:::b/key";
    private static final String EVERYONE = "{'URI':'http://acs.amazonaws.com/groups/global/AllUsers'}";
    private static final String MAY_ALL = "{'Effect':'Allow','Action':'s3:*','Resource':'*'}";

    private static String acl(String grantee, String permission) {
        return "{'Owner':{'ID':'owner-a'},'Grants':[{'Grantee':" + grantee + ",'Permission':'" + permission + "'}]}";
    }

    private static Acl read(String text) {
        return AclReader.read(json(text)).known().orElseThrow();
    }

    @Test
    void row_001_acls_are_void_where_the_bucket_owner_is_enforced() {
        var world = new World().acl(acl(EVERYONE, "READ"));
        assertThat(world.kind(ANYBODY, "s3:ListBucket", BUCKET)).isEqualTo("Allowed");
        assertThat(world.ownership("BucketOwnerEnforced").kind(ANYBODY, "s3:ListBucket", BUCKET))
                .isEqualTo("Denied");
    }

    @Test
    void row_002_011_016_a_grant_is_a_grantee_and_a_permission() {
        var acl = read("{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'ID':'c'},'Permission':'READ'},{'Grantee':" + EVERYONE
                + ",'Permission':'WRITE'},{'Grantee':{'URI':'http://acs.amazonaws.com/groups/global/AuthenticatedUsers'},"
                + "'Permission':'READ_ACP'},{'Grantee':{'URI':'http://acs.amazonaws.com/groups/s3/LogDelivery'},"
                + "'Permission':'WRITE_ACP'}]}");
        assertThat(acl.grants())
                .extracting(Grant::kind)
                .containsExactly(
                        Grant.Kind.CANONICAL_USER,
                        Grant.Kind.ALL_USERS,
                        Grant.Kind.AUTHENTICATED_USERS,
                        Grant.Kind.LOG_DELIVERY);
        assertThat(acl.grants())
                .extracting(Grant::permission)
                .containsExactly("READ", "WRITE", "READ_ACP", "WRITE_ACP");
        assertThat(acl.publicGrants()).hasSize(2);
    }

    @Test
    void row_008_a_display_name_tells_nobody() {
        var acl = read("{'Owner':{'ID':'o','DisplayName':'ann'},'Grants':["
                + "{'Grantee':{'ID':'o','DisplayName':'somebody'},'Permission':'FULL_CONTROL'},"
                + "{'Grantee':{'ID':'x','DisplayName':'ann'},'Permission':'READ'}]}");
        assertThat(acl.ownerHasFullControl()).isTrue();
        assertThat(acl.foreignGrants(Set.of())).extracting(Grant::grantee).containsExactly("x");
    }

    @Test
    void row_012_013_the_member_decides_what_a_grantee_is_and_not_its_type() {
        var acl = read(
                "{'Grants':[{'Grantee':{'Type':'AmazonCustomerByEmail','EmailAddress':'79a59df900b949e55d96a1e698fbaced'},'Permission':'READ'},"
                        + "{'Grantee':{'Type':'CanonicalUser','ID':'a@example.com'},'Permission':'READ'}]}");
        assertThat(acl.grants()).extracting(Grant::kind).containsExactly(Grant.Kind.EMAIL, Grant.Kind.CANONICAL_USER);
    }

    @Test
    void row_017_018_019_020_what_each_permission_gives() {
        var bucket = new World().acl(acl(EVERYONE, "WRITE"));
        assertThat(bucket.kind(ANYBODY, "s3:PutObject", OBJECT)).isEqualTo("Allowed");
        assertThat(bucket.kind(ANYBODY, "s3:DeleteObject", OBJECT)).isEqualTo("Denied");
        assertThat(bucket.kind(ANYBODY, "s3:ListBucket", BUCKET)).isEqualTo("Denied");
        assertThat(new World().objectAcl("owner-a", acl(EVERYONE, "READ")).kind(ANYBODY, "s3:GetObject", OBJECT))
                .isEqualTo("Allowed");
        var object = new World().objectAcl("owner-a", acl(EVERYONE, "WRITE"));
        assertThat(object.kind(ANYBODY, "s3:PutObject", OBJECT)).isEqualTo("Denied");
        assertThat(object.kind(ANYBODY, "s3:PutObjectAcl", OBJECT)).isEqualTo("Denied");
        assertThat(new World().acl(acl(EVERYONE, "WRITE_ACP")).kind(ANYBODY, "s3:PutBucketAcl", BUCKET))
                .isEqualTo("Allowed");
        var all = new World().acl(acl(EVERYONE, "FULL_CONTROL"));
        assertThat(all.kind(ANYBODY, "s3:GetBucketAcl", BUCKET)).isEqualTo("Allowed");
        assertThat(all.kind(ANYBODY, "s3:ListBucketVersions", BUCKET)).isEqualTo("Allowed");
        assertThat(all.kind(ANYBODY, "s3:PutBucketPolicy", BUCKET)).isEqualTo("Denied");
    }

    @Test
    void row_021_034_035_eight_canned_acls_of_which_three_are_public() {
        assertThat(Stream.of(
                                "private",
                                "public-read",
                                "public-read-write",
                                "authenticated-read",
                                "bucket-owner-read",
                                "bucket-owner-full-control",
                                "aws-exec-read",
                                "log-delivery-write")
                        .filter(name -> read("{'CannedACL':'" + name + "'}").isPublic(_ -> true) == Truth.TRUE))
                .containsExactly("public-read", "public-read-write", "authenticated-read");
        assertThat(read("{'CannedACL':'log-delivery-write'}").grants())
                .extracting(Grant::permission)
                .containsExactly("WRITE", "READ_ACP");
        assertThat(read("{'CannedACL':'aws-exec-read'}").foreignGrants(Set.of()))
                .isEmpty();
    }

    @Test
    void row_025_without_a_policy_or_a_grant_strangers_get_nothing() {
        assertThat(new World().kind(ANYBODY, "s3:GetObject", OBJECT)).isEqualTo("Denied");
        assertThat(new World().identity(MAY_ALL).kind(user(B, "u"), "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(new World().kind(Caller.account(A), "s3:GetObject", OBJECT)).isEqualTo("Allowed");
    }

    @Test
    void row_026_030_157_an_object_of_another_account_is_that_accounts_unless_ownership_is_enforced() {
        var world = new World()
                .policy(allow("{'AWS':'" + A + "'}", ""))
                .identity(MAY_ALL)
                .objectAcl("owner-b", "{'Owner':{'ID':'owner-b'},'Grants':[]}");
        assertThat(world.kind(user(A, "admin"), "s3:GetObject", OBJECT)).isEqualTo("Denied");
        assertThat(world.ownership("BucketOwnerEnforced").kind(user(A, "admin"), "s3:GetObject", OBJECT))
                .isEqualTo("Allowed");
    }

    @Test
    void row_027_042_one_deny_beats_every_allow() {
        var world = new World()
                .acl(acl(EVERYONE, "READ"))
                .policy(allow("{'AWS':'" + A + "'}", "'s3:ListBucket'", ""))
                .identity(MAY_ALL);
        assertThat(world.kind(ANYBODY, "s3:ListBucket", BUCKET)).isEqualTo("Allowed");
        world.policy(deny("'*'", "'s3:ListBucket'", "'*'", ""));
        assertThat(world.kind(ANYBODY, "s3:ListBucket", BUCKET)).isEqualTo("Denied");
        assertThat(world.kind(user(A, "admin"), "s3:ListBucket", BUCKET)).isEqualTo("Denied");
    }

    @Test
    void row_048_a_statement_on_objects_allows_nothing_on_the_bucket() {
        var world = new World()
                .policy("{'Effect':'Allow','Principal':'*','Action':'s3:ListBucket','Resource':'" + BUCKET + "/*'}");
        assertThat(world.kind(ANYBODY, "s3:ListBucket", BUCKET)).isEqualTo("Denied");
    }

    @Test
    void row_050_053_every_element_and_its_not_form_is_read() {
        var statement = Policies.policy(
                        "{'Sid':'s','Effect':'Deny','NotPrincipal':{'AWS':'" + A
                                + "'},'NotAction':'s3:Get*','NotResource':'x','Condition':{'Bool':{'aws:SecureTransport':false}},'New':1}")
                .statements()
                .getFirst();
        assertThat(statement.sid()).isEqualTo("s");
        assertThat(statement.isDeny()).isTrue();
        assertThat(statement.principals().negated()).isTrue();
        assertThat(statement.actions().negated()).isTrue();
        assertThat(statement.resources().negated()).isTrue();
        assertThat(statement.conditions()).hasSize(1);
        assertThat(statement.unknownElements()).containsExactly("New");
        assertThat(Policies.read(Policies.document(MAY_ALL), PolicyKind.IDENTITY)
                        .defects())
                .isEmpty();
        assertThat(Policies.read(Policies.document(MAY_ALL), PolicyKind.RESOURCE)
                        .defects())
                .isNotEmpty();
        assertThat(Policies.read(
                                Policies.document(
                                        "{'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Action':'sts:AssumeRole'}"),
                                PolicyKind.TRUST)
                        .defects())
                .isEmpty();
    }

    @Test
    void row_051_054_the_forms_of_principals() {
        assertThat(new Principal(Principal.Type.AWS, A).isWholeAccount()).isTrue();
        assertThat(new Principal(Principal.Type.AWS, "arn:aws:iam::" + A + ":root").isWholeAccount())
                .isTrue();
        assertThat(new Principal(Principal.Type.ANYONE, "*").isEveryone()).isTrue();
        assertThat(new Principal(Principal.Type.AWS, "*").isEveryone()).isTrue();
        assertThat(new Principal(Principal.Type.AWS, "arn:aws:sts::" + A + ":assumed-role/r/s").account())
                .contains(A);
        assertThat(new Principal(Principal.Type.SERVICE, "s3.amazonaws.com").isFixed())
                .isTrue();
        assertThat(new Principal(Principal.Type.CANONICAL_USER, "79a5").isFixed())
                .isTrue();
        assertThat(new Principal(Principal.Type.FEDERATED, "cognito-identity.amazonaws.com").isFixed())
                .isFalse();
        var root = new World()
                .policy(allow("{'AWS':'arn:aws:iam::" + B + ":root'}", ""))
                .identity(MAY_ALL);
        var id = new World().policy(allow("{'AWS':'" + B + "'}", "")).identity(MAY_ALL);
        assertThat(root.kind(user(B, "u"), "s3:GetObject", OBJECT)).isEqualTo("Allowed");
        assertThat(id.kind(user(B, "u"), "s3:GetObject", OBJECT)).isEqualTo("Allowed");
    }

    @Test
    void row_055_actions_are_many_and_a_new_one_is_judged_by_its_verb() {
        assertThat(S3Actions.known(S3Actions.Access.READ).count()
                        + S3Actions.known(S3Actions.Access.WRITE).count())
                .isGreaterThan(100);
        var reads = Publicness.of(Policies.policy(allow("'*'", "'s3:GetObjectOfTomorrow'", "")));
        assertThat(reads.isPublicRead()).isEqualTo(Truth.TRUE);
        assertThat(reads.isPublicWrite()).isEqualTo(Truth.FALSE);
        assertThat(Publicness.of(Policies.policy(allow("'*'", "'s3:ReplaceObject'", "")))
                        .isPublicWrite())
                .isEqualTo(Truth.TRUE);
    }

    @Test
    void row_057_a_group_is_nobody() {
        var world = new World().policy(allow("{'AWS':'arn:aws:iam::" + A + ":group/staff'}", ""));
        assertThat(world.kind(user(A, "staff"), "s3:GetObject", OBJECT)).isEqualTo("Denied");
    }

    @Test
    void row_090_114_a_deny_binds_presigned_and_plain_http_requests() {
        var world = new World()
                .policy(
                        allow("'*'", ""),
                        deny("'*'", "'s3:*'", "'*'", "{'StringEquals':{'s3:authType':'REST-QUERY-STRING'}}"),
                        deny("'*'", "'s3:*'", "'*'", "{'Bool':{'aws:SecureTransport':'false'}}"));
        var signed = RequestContext.UNKNOWN.with("aws:SecureTransport", "true").with("s3:authType", "REST-HEADER");
        assertThat(world.context(signed).kind(ANYBODY, "s3:GetObject", OBJECT)).isEqualTo("Allowed");
        assertThat(world.context(signed.with("s3:authType", "REST-QUERY-STRING"))
                        .kind(ANYBODY, "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(world.context(signed.with("aws:SecureTransport", "false")).kind(ANYBODY, "s3:GetObject", OBJECT))
                .isEqualTo("Denied");
    }

    @Test
    void row_083_a_deny_enforces_the_canned_acl() {
        var world = new World()
                .policy(
                        allow("{'AWS':'" + B + "'}", "'s3:PutObject'", ""),
                        deny(
                                "'*'",
                                "'s3:PutObject'",
                                "'*'",
                                "{'StringNotEquals':{'s3:x-amz-acl':'bucket-owner-full-control'}}"))
                .identity(MAY_ALL);
        assertThat(world.context(RequestContext.UNKNOWN.without("s3:x-amz-acl"))
                        .kind(user(B, "u"), "s3:PutObject", OBJECT))
                .isEqualTo("Denied");
        assertThat(world.context(RequestContext.UNKNOWN.with("s3:x-amz-acl", "bucket-owner-full-control"))
                        .kind(user(B, "u"), "s3:PutObject", OBJECT))
                .isEqualTo("Allowed");
    }

    @Test
    void row_037_a_policy_longer_than_20480_bytes_is_noted() {
        var many = new String[160];
        Arrays.fill(many, allow("{'AWS':'arn:aws:iam::" + A + ":role/a-role-with-a-long-name'}", ""));
        assertThat(Policies.policy(many).notes().toString()).contains("20480 bytes");
        assertThat(Policies.policy(many[0]).notes()).isEmpty();
    }
}
