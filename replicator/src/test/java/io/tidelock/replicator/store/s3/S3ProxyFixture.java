package io.tidelock.replicator.store.s3;

import static java.util.Map.entry;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.ObjectStore;
import java.net.URI;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** S3Proxy in process over its transient store, the only one of its stores that keeps versions. */
final class S3ProxyFixture extends ServedFixture {
    private static final String KEY = "contract-key";
    private static final String SECRET = "contract-secret";
    private static final String NO_TAGS = "tagging is 501, and x-amz-tagging is dropped in silence";
    private static final String NO_OWNERSHIP = "ownership controls are 501";
    private static final String NO_LOCK = "object lock is 501, and its headers are refused or dropped";
    private static final String NO_REPLICATION = "replication is 501";
    private static final Map<String, String> EXCLUSIONS = Map.ofEntries(
            entry("rule_30_a_version_is_its_writers_alone_where_nothing_is_asked_for", NO_OWNERSHIP),
            entry("rule_30_grants_are_written_with_the_version", NO_OWNERSHIP),
            entry("rule_30_a_canned_acl_is_written_with_the_version", NO_OWNERSHIP),
            entry("rule_34_an_acl_is_replaced", NO_OWNERSHIP),
            entry("rule_31_an_acl_is_refused_where_the_bucket_has_none", NO_OWNERSHIP),
            entry("rule_36_a_lock_is_written_with_the_version", NO_LOCK),
            entry("rule_36_a_lock_can_grow_and_be_held", NO_LOCK),
            entry("rule_36_a_lock_cannot_shrink", NO_LOCK),
            entry("rule_36_a_bucket_without_lock_refuses_locks", NO_LOCK),
            entry("rule_34_an_acl_is_one_versions_own", NO_OWNERSHIP),
            entry("rule_30_uploads_and_copies_are_granted_as_they_are_asked", NO_OWNERSHIP),
            entry("rule_31_an_acl_that_gives_the_bucket_owner_everything_is_taken_without_acls", NO_OWNERSHIP),
            entry("the_acl_of_a_version_that_is_gone_is_not_found", NO_OWNERSHIP),
            entry("rule_36_uploads_and_copies_are_locked_as_they_are_asked", NO_LOCK),
            entry("rule_36_a_copy_does_not_take_the_lock_of_its_source_along", NO_LOCK),
            entry("rule_36_a_retention_is_neither_shortened_nor_made_softer", NO_LOCK),
            entry("rule_36_a_retention_that_has_ended_already_is_refused", NO_LOCK),
            entry("rule_36_a_bucket_without_lock_takes_none_afterwards", NO_LOCK),
            entry("rule_36_a_marker_hides_a_locked_version", NO_LOCK),
            entry("rule_25_two_layers_of_kms_are_told_apart_from_one", "DSSE is refused as no algorithm"),
            entry("rule_24_an_archived_version_is_told_and_not_read", "archived versions are read like any other"),
            entry("a_stack_holds_exactly_its_own_key", "keys are paths: photo cannot stand beside photo/1"),
            entry(
                    "rule_46_keys_that_look_like_paths_come_back_as_they_were_given",
                    "keys are paths: empty and dot segments and outer slashes are lost or refused"),
            entry("tags_are_written_with_the_version_and_can_be_replaced", NO_TAGS),
            entry("removing_all_tags_leaves_none", NO_TAGS),
            entry("tags_of_a_version_that_is_gone_are_not_found", NO_TAGS),
            entry("tags_of_the_start_of_an_upload_are_kept", NO_TAGS),
            entry("a_copy_has_the_tags_it_was_given", NO_TAGS),
            entry("a_kms_key_that_does_not_exist_or_is_disabled_is_refused_by_name", "any KMS key is taken"),
            entry("a_replication_configuration_is_read_as_xml", NO_REPLICATION),
            entry("a_bucket_without_a_replication_configuration_has_none", NO_REPLICATION),
            entry(
                    "a_checksum_of_the_whole_is_verified_when_an_upload_completes",
                    "a checksum of the whole of a multipart upload is neither kept nor verified"));

    private final S3Proxy server;
    private final BucketUser user;
    private final S3ObjectStore store;

    S3ProxyFixture() {
        server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .ignoreUnknownHeaders(true)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not start", e);
        }
        var endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        user = new BucketUser("s3proxy", endpoint, "us-east-1", KEY, SECRET);
        store = new S3ObjectStore(
                S3Settings.of("s3proxy", Vendor.GENERIC, "us-east-1", endpoint, new S3Credentials.Static(KEY, SECRET)));
    }

    @Override
    BucketUser user() {
        return user;
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public void setReplicationConfiguration(Bucket bucket, String xml) {
        throw new UnsupportedOperationException("S3Proxy keeps no replication configuration");
    }

    @Override
    public KmsKeys kmsKeys() {
        return new KmsKeys("enabled", "disabled", "unknown");
    }

    @Override
    public String ownerId() {
        return user.ownerId();
    }

    @Override
    public String guestId() {
        return "guest";
    }

    @Override
    public Map<String, String> exclusions() {
        return EXCLUSIONS;
    }

    @Override
    public void close() {
        store.close();
        user.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("S3Proxy does not stop", e);
        }
    }
}
