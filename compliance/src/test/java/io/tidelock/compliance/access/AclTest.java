package io.tidelock.compliance.access;

import static io.tidelock.compliance.access.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.document.DocumentReader;
import io.tidelock.compliance.document.JsonDocument;
import io.tidelock.compliance.policy.Truth;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AclTest {
    private static Acl acl(String text) {
        return AclReader.read(json(text)).known().orElseThrow();
    }

    private static Acl group(String uri, String permission) {
        return acl("{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'Type':'Group','URI':'" + uri + "'},'Permission':'"
                + permission + "'}]}");
    }

    @ParameterizedTest
    @CsvSource({
        "http://acs.amazonaws.com/groups/global/AllUsers, READ, TRUE",
        "http://acs.amazonaws.com/groups/global/AuthenticatedUsers, WRITE_ACP, TRUE",
        "https://acs.example.com/groups/global/AllUsers, NEW_PERMISSION, TRUE",
        "http://acs.amazonaws.com/groups/s3/LogDelivery, WRITE, FALSE",
        "http://acs.amazonaws.com/groups/global/Somebody, READ, UNKNOWN"
    })
    void rule_A1_A2_public_is_all_users_or_authenticated_users(String uri, String permission, Truth expected) {
        assertThat(group(uri, permission).isPublic(_ -> true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "public-read, TRUE, FALSE",
        "public-read-write, TRUE, TRUE",
        "authenticated-read, TRUE, FALSE",
        "private, FALSE, FALSE",
        "bucket-owner-read, FALSE, FALSE",
        "bucket-owner-full-control, FALSE, FALSE",
        "aws-exec-read, FALSE, FALSE",
        "log-delivery-write, FALSE, FALSE"
    })
    void rule_A3_canned_acls(String name, Truth read, Truth write) {
        // Given
        Acl acl = acl("{'CannedACL':'" + name + "'}");

        // Then
        assertThat(acl.isPublic(Grant::reads)).isEqualTo(read);
        assertThat(acl.isPublic(Grant::writes)).isEqualTo(write);
        assertThat(acl.foreignGrants(Set.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "READ, TRUE, FALSE",
        "READ_ACP, TRUE, FALSE",
        "WRITE, FALSE, TRUE",
        "WRITE_ACP, FALSE, TRUE",
        "FULL_CONTROL, TRUE, TRUE"
    })
    void rule_A4_what_reads_and_what_writes(String permission, Truth read, Truth write) {
        // Given
        Acl acl = group("http://acs.amazonaws.com/groups/global/AllUsers", permission);

        // Then
        assertThat(acl.isPublic(Grant::reads)).isEqualTo(read);
        assertThat(acl.isPublic(Grant::writes)).isEqualTo(write);
    }

    @Test
    void rule_A6_a_grant_to_another_canonical_id_is_foreign_unless_trusted_or_of_aws_itself() {
        // Given
        Acl acl = acl("{'Owner':{'ID':'o'},'Grants':[{'Grantee':{'ID':'o'},'Permission':'FULL_CONTROL'},"
                + "{'Grantee':{'ID':'other'},'Permission':'READ'},{'Grantee':{'ID':'friend'},'Permission':'READ'},"
                + "{'Grantee':{'ID':'" + Acl.EC2_BUNDLES + "'},'Permission':'READ'},"
                + "{'Grantee':{'EmailAddress':'a@example.com'},'Permission':'READ'}]}");

        // Then
        assertThat(acl.foreignGrants(Set.of("friend")).toString())
                .isEqualTo("[READ to canonical user other, READ to the account of an e-mail address]");
        assertThat(acl.ownerHasFullControl()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{'Grants':null}",
                "{'Grants':{}}",
                "{'CannedACL':'open'}",
                "{'CannedACL':{}}",
                "'private'"
            })
    void an_acl_of_the_wrong_shape_is_unavailable(String text) {
        assertThat(AclReader.read(json(text))).isInstanceOf(Collected.Unavailable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[1]", "[{}]", "[{'Grantee':{'Type':'Group'},'Permission':'READ'}]", "[{'Permission':'READ'}]"})
    void a_grant_of_the_wrong_shape_leaves_the_answer_open(String grants) {
        assertThat(acl("{'Grants':" + grants + "}").isPublic(_ -> true)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void rule_B6_no_configuration_and_missing_flags_are_off() {
        // Given
        var read = BlockPublicAccess.read(json("{'IgnorePublicAcls':true,'BlockPublicAcls':'false'}"));

        // Then
        assertThat(BlockPublicAccess.OFF.off()).hasSize(4);
        assertThat(read).isEqualTo(new Collected.Known<>(new BlockPublicAccess(Set.of(Flag.IGNORE_PUBLIC_ACLS))));
        assertThat(BlockPublicAccess.read(json("{'IgnorePublicAcls':'perhaps'}")))
                .isEqualTo(new Collected.Unavailable<>("IgnorePublicAcls is neither true nor false"));
    }

    @Test
    void rule_B1_a_flag_is_on_when_it_is_on_anywhere_and_unknown_only_while_it_may_be() {
        // Given
        Collected<BlockPublicAccess> on = new Collected.Known<>(new BlockPublicAccess(Set.of(Flag.IGNORE_PUBLIC_ACLS)));
        Collected<BlockPublicAccess> off = new Collected.NotConfigured<>();
        Collected<BlockPublicAccess> denied = new Collected.Unavailable<>("AccessDenied");

        // Then
        assertThat(new EffectiveBlock(off, on, off).has(Flag.IGNORE_PUBLIC_ACLS))
                .isEqualTo(Truth.TRUE);
        assertThat(new EffectiveBlock(off, denied, on).has(Flag.IGNORE_PUBLIC_ACLS))
                .isEqualTo(Truth.TRUE);
        assertThat(new EffectiveBlock(off, denied, off).has(Flag.IGNORE_PUBLIC_ACLS))
                .isEqualTo(Truth.UNKNOWN);
        assertThat(new EffectiveBlock(on, off, off).has(Flag.IGNORE_PUBLIC_ACLS))
                .isEqualTo(Truth.TRUE);
        assertThat(new EffectiveBlock(off, off, off).has(Flag.IGNORE_PUBLIC_ACLS))
                .isEqualTo(Truth.FALSE);
    }

    @DictionaryFile(resourcePath = "acl.dict")
    @FuzzTest(maxDuration = "10m")
    void no_bytes_make_the_acl_reader_throw(byte[] bytes) {
        if (DocumentReader.BUCKET_DOCUMENTS.read(bytes) instanceof JsonDocument.Read(var root)
                && AclReader.read(root) instanceof Collected.Known<Acl>(var acl)) {
            assertThat(acl.publicGrants()).allMatch(Grant::isPublic);
            assertThat(acl.foreignGrants(Set.of())).noneMatch(Grant::isPublic);
            assertThat(acl.isPublic(Grant::reads)).isIn(acl.isPublic(_ -> true), Truth.FALSE, Truth.UNKNOWN);
        }
    }
}
