package io.tidelock.compliance.control;

import static io.tidelock.compliance.control.Snapshots.name;
import static io.tidelock.compliance.control.Snapshots.ofBucket;
import static io.tidelock.compliance.control.Snapshots.verdict;
import static io.tidelock.compliance.control.Snapshots.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source b of account 111122223333 in eu-west-1, replicated to dst of account 444455556666 in us-east-1. */
class ReplicationControlsTest {
    private static final String ROLE = "arn:aws:iam::111122223333:role/replication";
    private static final String SOURCE_KEY = "arn:aws:kms:eu-west-1:111122223333:key/s";
    private static final String REPLICA_KEY = "arn:aws:kms:us-east-1:444455556666:key/r";
    private static final String RULE = "{'ID':'all','Status':'Enabled','Priority':1,'Filter':{},"
            + "'DeleteMarkerReplication':{'Status':'Disabled'},"
            + "'SourceSelectionCriteria':{'SseKmsEncryptedObjects':{'Status':'Enabled'}},"
            + "'Destination':{'Bucket':'arn:aws:s3:::dst','Account':'444455556666',"
            + "'AccessControlTranslation':{'Owner':'Destination'},'EncryptionConfiguration':{'ReplicaKmsKeyID':'"
            + REPLICA_KEY
            + "'}}}";
    private static final String BUCKET = "'replication':{'Role':'" + ROLE + "','Rules':[" + RULE + "]},"
            + "'policy':null,'acl':{'Owner':{'ID':'a'},'Grants':[]},"
            + "'publicAccessBlock':{'BlockPublicAcls':true,'IgnorePublicAcls':true,'BlockPublicPolicy':true,'RestrictPublicBuckets':true},"
            + "'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]},"
            + "'objectLock':{'ObjectLockEnabled':'Enabled'},'lifecycle':null,"
            + "'encryption':{'Rules':[{'ApplyServerSideEncryptionByDefault':{'SSEAlgorithm':'aws:kms','KMSMasterKeyID':'"
            + SOURCE_KEY + "'}}]}";
    private static final String DESTINATION_POLICY = "{'Version':'2012-10-17','Statement':[{'Sid':'R','Effect':'Allow',"
            + "'Principal':{'AWS':'" + ROLE + "'},'Action':['s3:ReplicateObject','s3:ReplicateDelete',"
            + "'s3:ObjectOwnerOverrideToBucketOwner'],'Resource':'arn:aws:s3:::dst/*'}]}";
    private static final String DESTINATION = "{'name':'dst','region':'us-east-1','account':'444455556666',"
            + "'policy':" + DESTINATION_POLICY + ",'acl':{'Owner':{'ID':'z'},'Grants':[]},"
            + "'publicAccessBlock':{'BlockPublicAcls':true,'IgnorePublicAcls':true,'BlockPublicPolicy':true,'RestrictPublicBuckets':true},"
            + "'ownershipControls':{'Rules':[{'ObjectOwnership':'BucketOwnerEnforced'}]},"
            + "'versioning':{'Status':'Enabled'},'objectLock':{'ObjectLockEnabled':'Enabled'},'encryption':null,"
            + "'lifecycle':null,'logging':{'LoggingEnabled':{'TargetBucket':'logs'}},'notification':{},'replication':null,"
            + "'requestPayment':{'Payer':'BucketOwner'}}";
    private static final String TRUST = "{'Version':'2012-10-17','Statement':[{'Sid':'T','Effect':'Allow',"
            + "'Principal':{'Service':'s3.amazonaws.com'},'Action':'sts:AssumeRole','Condition':{'StringEquals':"
            + "{'aws:SourceAccount':'111122223333'},'ArnLike':{'aws:SourceArn':'arn:aws:s3:::b'}}}]}";
    private static final String PERMISSIONS = "{'Version':'2012-10-17','Statement':["
            + "{'Effect':'Allow','Action':['s3:GetReplicationConfiguration','s3:ListBucket'],'Resource':'arn:aws:s3:::b'},"
            + "{'Effect':'Allow','Action':['s3:GetObjectVersionForReplication','s3:GetObjectVersionAcl',"
            + "'s3:GetObjectVersionTagging','s3:GetObjectRetention','s3:GetObjectLegalHold'],'Resource':'arn:aws:s3:::b/*'},"
            + "{'Effect':'Allow','Action':['s3:ReplicateObject','s3:ReplicateDelete','s3:ReplicateTags',"
            + "'s3:ObjectOwnerOverrideToBucketOwner'],'Resource':'arn:aws:s3:::dst/*'},"
            + "{'Effect':'Allow','Action':'kms:Decrypt','Resource':'" + SOURCE_KEY + "','Condition':{'StringLike':"
            + "{'kms:ViaService':'s3.eu-west-1.amazonaws.com','kms:EncryptionContext:aws:s3:arn':'arn:aws:s3:::b/*'}}},"
            + "{'Effect':'Allow','Action':'kms:Encrypt','Resource':'" + REPLICA_KEY + "','Condition':{'StringLike':"
            + "{'kms:ViaService':'s3.us-east-1.amazonaws.com','kms:EncryptionContext:aws:s3:arn':'arn:aws:s3:::dst/*'}}}]}";

    private static JsonNode world(String bucket, String destination, String trust, String permissions) {
        var snapshot = with(ofBucket(bucket), "otherBuckets", "[" + destination + "]");
        snapshot = with(snapshot, "role", "{'arn':'" + ROLE + "','trust':" + trust + ",'policy':" + permissions + "}");
        return with(snapshot, "trusted", "{'accounts':['444455556666']}");
    }

    private static JsonNode world() {
        return world(BUCKET, DESTINATION, TRUST, PERMISSIONS);
    }

    private static JsonNode changed(String part, String from, String to) {
        assertThat(BUCKET + DESTINATION + TRUST + PERMISSIONS).contains(from);
        return switch (part) {
            case "bucket" -> world(BUCKET.replace(from, to), DESTINATION, TRUST, PERMISSIONS);
            case "destination" -> world(BUCKET, DESTINATION.replace(from, to), TRUST, PERMISSIONS);
            case "trust" -> world(BUCKET, DESTINATION, TRUST.replace(from, to), PERMISSIONS);
            case "permissions" -> world(BUCKET, DESTINATION, TRUST, PERMISSIONS.replace(from, to));
            default -> throw new IllegalArgumentException(part);
        };
    }

    @Test
    void a_sound_replication_violates_nothing() {
        // When
        var verdicts = Snapshots.verdicts(world());

        // Then
        assertThat(verdicts).allSatisfy((id, verdict) -> {
            if (id.startsWith("replication")
                    || id.startsWith("r1")
                    || id.startsWith("r2")
                    || id.startsWith("r3")
                    || id.startsWith("r0")
                    || id.equals("cross-region-replication")
                    || id.equals("requester-pays-destination")) {
                assertThat(verdict.name()).as(id + ": " + verdict).isIn("COMPLIANT", "NOT_APPLICABLE");
            }
        });
        assertThat(name(world(), "r25-chain")).isEqualTo("NOT_APPLICABLE");
        assertThat(name(world(), "replication-role-actions")).isEqualTo("COMPLIANT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "bucket; 'Status':'Enabled','Priority'; 'Status':'Disabled','Priority'; replication-configured; VIOLATION",
                "bucket; 'Status':'Enabled','Priority'; 'Status':'On','Priority'; replication-configured; UNKNOWN",
                "bucket; 'arn:aws:s3:::dst'; 'arn:aws:s3:::gone'; replication-destination-exists; VIOLATION",
                "destination; 'versioning':{'Status':'Enabled'}; 'versioning':{'Status':'Suspended'}; replication-destination-versioned; VIOLATION",
                "destination; 'versioning':{'Status':'Enabled'}; 'versioning':{'Status':'Suspended'}; r13-destination-versioning; VIOLATION",
                "destination; 'versioning':{'Status':'Enabled'}; 'versioning':{'$unavailable':'AccessDenied'}; replication-destination-versioned; UNKNOWN",
                "destination; 'objectLock':{'ObjectLockEnabled':'Enabled'}; 'objectLock':null; replication-destination-object-lock; VIOLATION",
                "destination; 'objectLock':{'ObjectLockEnabled':'Enabled'}; 'objectLock':null; r12-destination-lock; VIOLATION",
                "bucket; 'objectLock':{'ObjectLockEnabled':'Enabled'}; 'objectLock':null; replication-destination-object-lock; NOT_APPLICABLE",
                "bucket; us-east-1:444455556666:key/r; eu-west-1:444455556666:key/r; replication-replica-kms-region; VIOLATION",
                "bucket; us-east-1:444455556666:key/r; us-east-1:999900009999:key/r; r03-replica-kms-key; VIOLATION",
                "bucket; arn:aws:kms:us-east-1:444455556666:key/r; alias/replica; r03-replica-kms-key; VIOLATION",
                "destination; 'encryption':null; 'encryption':{'Rules':[{'BlockedEncryptionTypes':{'EncryptionType':['SSE-C']}}]}; r04-replica-sse-c-blocked; VIOLATION",
                "destination; 'Payer':'BucketOwner'; 'Payer':'Requester'; requester-pays-destination; VIOLATION",
                "destination; us-east-1; eu-west-1; cross-region-replication; VIOLATION",
                "trust; s3.amazonaws.com; ec2.amazonaws.com; replication-role-trust; VIOLATION",
                "trust; 's3.amazonaws.com'; ['s3.amazonaws.com','batchoperations.s3.amazonaws.com']; replication-role-trust; COMPLIANT",
                "trust; 's3.amazonaws.com'; ['s3.amazonaws.com','lambda.amazonaws.com']; r18-role-trust; VIOLATION",
                "trust; 'StringEquals':{'aws:SourceAccount':'111122223333'},'ArnLike':{'aws:SourceArn':'arn:aws:s3:::b'}; 'Bool':{'aws:SecureTransport':'true'}; replication-role-trust; VIOLATION",
                "trust; 'aws:SourceAccount':'111122223333'; 'aws:SourceAccount':'999900009999'; replication-role-trust; VIOLATION",
                "trust; StringEquals; StringEqualsIfExists; replication-role-trust; COMPLIANT",
                "permissions; 's3:GetObjectVersionTagging',; ; replication-role-actions; VIOLATION",
                "permissions; 's3:ReplicateDelete',; ; r19-role-missing-action; VIOLATION",
                "permissions; 's3:GetObjectRetention',; ; replication-role-actions; VIOLATION",
                "permissions; 'kms:Encrypt'; 'kms:Decrypt'; replication-role-actions; VIOLATION",
                "permissions; s3.eu-west-1.amazonaws.com; s3.eu-west-2.amazonaws.com; replication-role-actions; VIOLATION",
                "permissions; 'arn:aws:s3:::dst/*'}; 'arn:aws:s3:::other/*'}; replication-role-actions; VIOLATION",
                "permissions; 's3:ListBucket'; 's3:List*'; r20-role-over-broad; VIOLATION",
                "permissions; 's3:ReplicateObject','s3:ReplicateDelete','s3:ReplicateTags'; 's3:Replicate*'; r20-role-over-broad; COMPLIANT",
                "permissions; 's3:GetObjectVersionForReplication','s3:GetObjectVersionAcl'; 's3:Get*'; r20-role-over-broad; VIOLATION",
                "permissions; 'kms:Decrypt'; 'kms:*'; r20-role-over-broad; VIOLATION",
                "permissions; 's3:GetReplicationConfiguration'; 's3:GetReplicationConfiguration','s3:PutBucketPolicy'; r20-role-over-broad; VIOLATION",
                "destination; 's3:ReplicateDelete',; ; replication-destination-policy-actions; VIOLATION",
                "destination; 's3:ReplicateDelete',; ; r21-destination-policy-missing; VIOLATION",
                "destination; arn:aws:s3:::dst/*; arn:aws:s3:::dst/p/*; replication-destination-policy-actions; VIOLATION",
                "destination; 'Sid':'R'; 'Condition':{'StringEquals':{'aws:NewKey':'x'}}; replication-destination-policy-actions; UNKNOWN",
                "destination; :role/replication; :root; replication-destination-policy-principal-narrow; VIOLATION",
                "destination; {'AWS':'arn:aws:iam::111122223333:role/replication'}; {'AWS':'111122223333'}; r22-destination-policy-broad; VIOLATION",
                "destination; {'AWS':'arn:aws:iam::111122223333:role/replication'}; '*'; replication-destination-policy-principal-narrow; VIOLATION",
                "destination; 's3:ReplicateDelete'; 's3:ReplicateDelete','s3:PutBucketVersioning'; replication-destination-policy-principal-narrow; VIOLATION",
                "destination; BucketOwnerEnforced; ObjectWriter; replication-owner-override-allowed; COMPLIANT",
                "bucket; 'Owner':'Destination'; 'Owner':'Source'; replication-owner-override-allowed; NOT_APPLICABLE",
                "bucket; 'Filter':{}; 'Filter':{'Prefix':'logs/'}; r23-coverage; VIOLATION",
                "bucket; 'Filter':{}; 'Filter':{'Tag':{'Key':'k','Value':'v'}}; r23-coverage; VIOLATION",
                "bucket; 'Account':'444455556666'; 'Account':'999900009999'; r27-untrusted-destination; VIOLATION",
                "destination; {'TargetBucket':'logs'}; {}; r28-destination-observability; VIOLATION",
                "destination; 'IgnorePublicAcls':true; 'IgnorePublicAcls':false; r30-reads-after-failure; VIOLATION",
                "destination; BucketOwnerEnforced; ObjectWriter; r30-reads-after-failure; VIOLATION",
                "destination; 'lifecycle':null; 'lifecycle':{'Rules':[{'Status':'Enabled','NoncurrentVersionExpiration':{'NoncurrentDays':30}}]}; r17-destination-expires-earlier; VIOLATION",
                "destination; 'Statement':[; 'Statement':[{'Effect':'Allow','Principal':{'AWS':'999900009999'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::dst/*'},; r15-replica-policy-broader; VIOLATION",
                "destination; 'Statement':[; 'Statement':[{'Effect':'Allow','Principal':{'AWS':'444455556666'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::dst/*'},; r15-replica-policy-broader; COMPLIANT"
            })
    void one_change_decides_one_question(String part, String from, String to, String id, String expected) {
        assertThat(verdict(changed(part, from, to == null ? "" : to), id))
                .satisfies(verdict ->
                        assertThat(verdict.name()).as(verdict.toString()).isEqualTo(expected));
    }

    @Test
    void an_override_that_neither_side_allows_is_a_violation() {
        // Given
        String action = ",'s3:ObjectOwnerOverrideToBucketOwner'";
        String writer = DESTINATION.replace("BucketOwnerEnforced", "ObjectWriter");

        // Then
        assertThat(name(
                        world(BUCKET, writer.replace(action, ""), TRUST, PERMISSIONS),
                        "replication-owner-override-allowed"))
                .isEqualTo("VIOLATION");
        assertThat(name(
                        world(BUCKET, writer, TRUST, PERMISSIONS.replace(action, "")),
                        "replication-owner-override-allowed"))
                .isEqualTo("VIOLATION");
        assertThat(name(
                        world(BUCKET, DESTINATION.replace(action, ""), TRUST, PERMISSIONS.replace(action, "")),
                        "replication-owner-override-allowed"))
                .as("the destination owns everything anyway")
                .isEqualTo("COMPLIANT");
    }

    @Test
    void a_replica_that_is_public_where_its_source_is_not_is_found() {
        // Given
        String open = DESTINATION
                .replace("'RestrictPublicBuckets':true", "'RestrictPublicBuckets':false")
                .replace(
                        "'Statement':[",
                        "'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::dst/*'},");

        // Then
        assertThat(name(world(BUCKET, open, TRUST, PERMISSIONS), "r14-replica-more-public"))
                .isEqualTo("VIOLATION");
        assertThat(name(
                        world(
                                BUCKET.replace("444455556666'", "111122223333'"),
                                open.replace("'account':'444455556666'", "'account':'111122223333'"),
                                TRUST,
                                PERMISSIONS),
                        "r14-replica-more-public"))
                .isEqualTo("VIOLATION");
    }

    @Test
    void a_known_replica_is_not_failed_for_having_no_rule_of_its_own() {
        // Given
        var replica = with(
                ofBucket("'replication':null"),
                "otherBuckets",
                "[{'name':'src','replication':{'Rules':[" + RULE.replace(":::dst", ":::b") + "]}}]");

        // Then
        assertThat(name(replica, "replication-configured")).isEqualTo("NOT_APPLICABLE");
        assertThat(name(replica, "cross-region-replication")).isEqualTo("NOT_APPLICABLE");
        assertThat(name(ofBucket("'replication':null"), "replication-configured"))
                .isEqualTo("VIOLATION");
        assertThat(name(
                        with(
                                ofBucket("'replication':null"),
                                "otherBuckets",
                                "[{'name':'src','replication':{'$unavailable':'x'}}]"),
                        "replication-configured"))
                .isEqualTo("UNKNOWN");
    }

    @Test
    void demands_of_the_installation_are_judged() {
        // Given
        var near = world(BUCKET, DESTINATION.replace("us-east-1", "eu-west-1"), TRUST, PERMISSIONS);
        var chained = world(
                BUCKET,
                DESTINATION.replace(
                        "'replication':null", "'replication':{'Rules':[" + RULE.replace(":::dst", ":::third") + "]}"),
                TRUST,
                PERMISSIONS);

        // Then
        assertThat(name(near, "r26-isolation")).isEqualTo("NOT_APPLICABLE");
        assertThat(name(with(near, "settings", "{'otherRegion':true}"), "r26-isolation"))
                .isEqualTo("VIOLATION");
        assertThat(name(with(world(), "settings", "{'otherRegion':true,'otherAccount':true}"), "r26-isolation"))
                .isEqualTo("COMPLIANT");
        assertThat(name(with(chained, "settings", "{'replicaOfReplica':true}"), "r25-chain"))
                .isEqualTo("VIOLATION");
        assertThat(name(with(world(), "settings", "{'replicationScope':['logs/']}"), "r23-coverage"))
                .isEqualTo("COMPLIANT");
    }

    @ParameterizedTest
    @CsvSource({
        "replication-role-actions",
        "replication-destination-versioned",
        "r23-coverage",
        "replication-destination-exists"
    })
    void a_bucket_that_replicates_nothing_is_not_asked_and_one_that_is_not_known_is_unknown(String id) {
        assertThat(name(ofBucket("'replication':null"), id)).isEqualTo("NOT_APPLICABLE");
        assertThat(name(ofBucket("'replication':{'$unavailable':'AccessDenied'}"), id))
                .isEqualTo("UNKNOWN");
        assertThat(name(ofBucket("'replication':[]"), id)).isEqualTo("UNKNOWN");
        assertThat(name(ofBucket(""), id)).isEqualTo("UNKNOWN");
    }
}
