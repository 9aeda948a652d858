package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Snapshots.name;
import static io.tidelock.compliance.control.Snapshots.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows of the cookbook about replication that documents decide; a test's name begins with the numbers of its rows. */
class CookbookReplicationTest {
    private static final String RULE = "/bucket/replication/Rules/0/";
    private static final String DST = "/otherBuckets/0/";
    private static final String ROLE = "/role/policy/Statement/";

    /** The sound snapshot, in which src is replicated to dst in another account and region, with changes. */
    private static ObjectNode sound(String... changes) {
        var pairs = new LinkedHashMap<String, String>();
        for (int i = 0; i < changes.length; i += 2) {
            pairs.put(changes[i], changes[i + 1]);
        }
        return Fleet.ofKms().snapshot(List.of(new Plant(Set.of(), pairs, List.of(), List.of())));
    }

    private static void answers(JsonNode snapshot, String id, String expected) {
        assertThat(name(snapshot, id)).as("%s: %s", id, verdict(snapshot, id)).isEqualTo(expected);
    }

    private static void violated(JsonNode snapshot, String id) {
        answers(snapshot, id, "VIOLATION");
    }

    private static void fine(JsonNode snapshot, String id) {
        answers(snapshot, id, "COMPLIANT");
    }

    @Test
    void row_044_137_a_rule_for_a_prefix_or_a_tag_covers_only_that() {
        fine(sound(), "r23-coverage");
        violated(sound(RULE + "Filter", "{'Prefix':'photos/'}"), "r23-coverage");
        violated(sound(RULE + "Filter", "{'Tag':{'Key':'k','Value':'v'}}"), "r23-coverage");
        fine(
                sound(RULE + "Filter", "{'Prefix':'photos/'}", "/settings/replicationScope", "['photos/2026/']"),
                "r23-coverage");
    }

    @Test
    void row_048_an_action_on_the_bucket_needs_the_buckets_arn() {
        violated(sound(ROLE + "0/Resource", "'arn:aws:s3:::src/*'"), "replication-role-actions");
    }

    @Test
    void row_084_159_160_the_service_alone_is_the_role_and_for_this_source() {
        fine(sound(), "r18-role-trust");
        violated(sound("/role/trust/Statement/0/Condition", "{}"), "r18-role-trust");
        violated(sound("/role/trust/Statement/0/Principal", "{'AWS':'444455556666'}"), "replication-role-trust");
        ObjectNode nameless =
                sound("/role/trust/Statement/0/Condition", "{'StringEquals':{'aws:SourceAccount':'444455556666'}}");
        nameless.withObject("bucket").remove("account");
        nameless.withObject("account").remove("id");
        violated(nameless, "r18-role-trust");
    }

    @Test
    void row_097_111_145_customers_keys_are_carried_unless_the_destination_blocks_them() {
        String[] open = {"/bucket/encryption/Rules/0/BlockedEncryptionTypes", "null"};
        fine(sound(open), "r04-replica-sse-c-blocked");
        violated(
                sound(
                        open[0],
                        open[1],
                        DST + "encryption/Rules/0/BlockedEncryptionTypes",
                        "{'EncryptionType':['SSE-C']}"),
                "r04-replica-sse-c-blocked");
    }

    @Test
    void row_110_a_bucket_key_makes_the_buckets_arn_the_encryption_context() {
        String context = "{'StringLike':{'kms:EncryptionContext:aws:s3:arn':'%s'}}";
        String on = "/bucket/encryption/Rules/0/BucketKeyEnabled";
        String condition = ROLE + "3/Condition";
        fine(sound(condition, context.formatted("arn:aws:s3:::src/*")), "replication-role-actions");
        violated(sound(condition, context.formatted("arn:aws:s3:::src")), "replication-role-actions");
        violated(sound(on, "true", condition, context.formatted("arn:aws:s3:::src/*")), "replication-role-actions");
        fine(sound(on, "true", condition, context.formatted("arn:aws:s3:::src")), "replication-role-actions");
    }

    @Test
    void row_122_132_both_buckets_must_be_versioned() {
        fine(sound(), "replication-destination-versioned");
        violated(sound(DST + "versioning", "{'Status':'Suspended'}"), "r13-destination-versioning");
        violated(sound("/bucket/versioning/Status", "'Suspended'"), "versioning");
    }

    @Test
    void row_127_148_what_the_destination_removes_sooner_is_found() {
        fine(sound(), "r17-destination-expires-earlier");
        violated(
                sound(
                        DST + "lifecycle",
                        "{'Rules':[{'Status':'Enabled','NoncurrentVersionExpiration':{'NoncurrentDays':89}}]}"),
                "r17-destination-expires-earlier");
        violated(sound(DST + "publicAccessBlock", "null"), "r30-reads-after-failure");
    }

    @Test
    void row_131_133_another_region_is_asked_for_where_somebody_demands_it() {
        ObjectNode same = sound(DST + "region", "'eu-west-1'");
        fine(same, "replication-configured");
        violated(same, "cross-region-replication");
        violated(same, "r26-isolation");
        same.putObject("settings");
        answers(same, "r26-isolation", "NOT_APPLICABLE");
    }

    @Test
    void row_134_each_destination_is_judged_by_itself() {
        ObjectNode two = sound(
                "/bucket/replication/Rules/-",
                "{'ID':'second','Status':'Enabled','Priority':2,'Filter':{},'Destination':{'Bucket':'arn:aws:s3:::logs'}}",
                "/otherBuckets/1/versioning",
                "null");
        violated(two, "replication-destination-versioned");
        assertThat(verdict(two, "replication-destination-versioned").evidence())
                .containsExactly("rule second to logs: the destination is not versioned");
    }

    @Test
    void row_135_154_158_role_and_destination_must_both_allow() {
        fine(sound(), "r21-destination-policy-missing");
        violated(sound(ROLE + "2/Action", "'s3:ReplicateObject'"), "replication-role-actions");
        violated(sound(DST + "policy", "null"), "r21-destination-policy-missing");
    }

    @Test
    void row_139_the_role_that_the_console_once_made_is_too_broad() {
        ObjectNode console = sound(
                "/role/policy/Statement",
                "[{'Effect':'Allow','Action':['s3:Get*','s3:ListBucket'],'Resource':['arn:aws:s3:::src','arn:aws:s3:::src/*']},"
                        + "{'Effect':'Allow','Action':['s3:ReplicateObject','s3:ReplicateDelete','s3:ReplicateTags','s3:GetObjectVersionTagging'],'Resource':'arn:aws:s3:::dst/*'}]");
        violated(console, "r20-role-over-broad");
        fine(sound(), "r20-role-over-broad");
    }

    @Test
    void row_144_148_a_replica_may_not_be_more_public_than_its_source() {
        violated(
                sound(
                        DST + "publicAccessBlock",
                        "null",
                        DST + "ownershipControls",
                        "null",
                        DST + "acl",
                        "{'CannedACL':'public-read'}"),
                "r14-replica-more-public");
        fine(sound(), "r14-replica-more-public");
    }

    @Test
    void row_096_146_the_key_for_replicas_is_named_in_full_and_lies_in_the_destinations_region() {
        String key = RULE + "Destination/EncryptionConfiguration/ReplicaKmsKeyID";
        violated(sound(key, "'arn:aws:kms:eu-west-1:444455556666:key/r'"), "replication-replica-kms-region");
        violated(sound(key, "'alias/aws/s3'"), "r03-replica-kms-key");
        fine(sound(), "replication-replica-kms-region");
    }

    @Test
    void row_149_a_replica_goes_no_further() {
        violated(
                sound(
                        DST + "replication",
                        "{'Rules':[{'Status':'Enabled','Destination':{'Bucket':'arn:aws:s3:::third'}}]}"),
                "r25-chain");
    }

    @Test
    void row_154_155_the_whole_source_account_at_the_destination_is_too_much() {
        ObjectNode taught = sound(
                DST + "policy/Statement",
                "[{'Sid':'S','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::111122223333:root'},'Action':['s3:GetBucketVersioning','s3:PutBucketVersioning',"
                        + "'s3:ReplicateObject','s3:ReplicateDelete','s3:ObjectOwnerOverrideToBucketOwner'],'Resource':['arn:aws:s3:::dst','arn:aws:s3:::dst/*']}]");
        fine(taught, "r21-destination-policy-missing");
        violated(taught, "r22-destination-policy-broad");
        assertThat(verdict(taught, "r22-destination-policy-broad").evidence().toString())
                .contains(":root may s3:ReplicateObject")
                .contains("s3:PutBucketVersioning");
    }

    @Test
    void row_155_162_it_protects_where_the_destination_lies_apart_and_is_locked() {
        fine(sound(), "r26-isolation");
        fine(sound(), "r12-destination-lock");
        violated(sound(DST + "objectLock", "null"), "r12-destination-lock");
        violated(sound(RULE + "Destination/Account", "'111122223333'"), "r26-isolation");
    }

    @Test
    void row_153_156_161_the_override_changes_the_owner_and_is_needless_where_the_destination_owns_everything() {
        String[] without = {DST + "policy/Statement/0/Action", "['s3:ReplicateObject','s3:ReplicateDelete']"};
        fine(sound(without), "replication-owner-override-allowed");
        violated(
                sound(without[0], without[1], DST + "ownershipControls", "null"), "replication-owner-override-allowed");
        answers(
                sound(RULE + "Destination/AccessControlTranslation", "null", DST + "ownershipControls", "null"),
                "replication-owner-override-allowed",
                "NOT_APPLICABLE");
    }

    @Test
    void row_163_a_requester_pays_bucket_is_no_destination() {
        violated(sound(DST + "requestPayment", "{'Payer':'Requester'}"), "requester-pays-destination");
        fine(sound(), "requester-pays-destination");
    }
}
