package io.tidelock.deploy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidelock.deploy.config.ConfigLoader;
import io.tidelock.deploy.config.Loaded;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import io.tidelock.sandbox.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.OwnerOverride;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;
import software.amazon.awssdk.services.s3.model.SseKmsEncryptedObjectsStatus;

/** A service that starts while the region of a source bucket, which holds the rules, is down. */
class SourceAtStartTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void it_waits_not_ready_and_names_the_bucket_and_loses_nothing_of_what_was_written_meanwhile(
            @TempDir Path directory) throws Exception {
        try (var sandbox = Sandbox.twoRegions()) {
            // Given
            putRules(sandbox);
            var config = ((Loaded.Valid) new ConfigLoader(_ -> null)
                            .load(SandboxConfig.write(sandbox, directory, SandboxConfig::rulesFromBucket)))
                    .config();
            var traffic = new SandboxTraffic(Wiring.stores(config));
            var faults = sandbox.region(TwoRegions.PARIS).faults();
            faults.at(TwoRegions.SOURCE_BUCKET, "GetBucketReplication").cause(new Fault.ServerError());
            var service = new Service(config);
            var started = CompletableFuture.runAsync(service::start);
            await().atMost(LIMIT)
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(ready(service).body())
                            .contains("waits for replication rules: ", "the bucket paris/photos cannot be read now"));
            traffic.put("cats/meanwhile.txt", "meow");
            var waiting = ready(service);

            // When
            faults.clear();

            // Then
            assertThat(waiting.statusCode()).isEqualTo(503);
            started.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            await().atMost(LIMIT).until(() -> traffic.replicas() == 1);
            assertThat(service.stop(Service.STOP_DEADLINE)).isTrue();
            traffic.stores().values().forEach(ObjectStore::close);
        }
    }

    private static void putRules(Sandbox sandbox) {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        try (var s3 = S3Client.builder()
                .endpointOverride(sandbox.region(TwoRegions.PARIS).endpoint())
                .region(Region.of(TwoRegions.PARIS_REGION))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .build()) {
            s3.putBucketReplication(request -> request.bucket(TwoRegions.SOURCE_BUCKET)
                    .replicationConfiguration(configuration -> configuration
                            .role("arn:aws:iam::111122223333:role/replication")
                            .rules(ReplicationRule.builder()
                                    .id("everything")
                                    .status(ReplicationRuleStatus.ENABLED)
                                    .priority(1)
                                    .filter(filter -> filter.prefix(""))
                                    .deleteMarkerReplication(
                                            markers -> markers.status(DeleteMarkerReplicationStatus.ENABLED))
                                    .sourceSelectionCriteria(criteria -> criteria.sseKmsEncryptedObjects(
                                            kms -> kms.status(SseKmsEncryptedObjectsStatus.ENABLED)))
                                    .destination(to -> to.bucket("arn:aws:s3:::" + TwoRegions.DESTINATION_BUCKET)
                                            .account(TwoRegions.DESTINATION_ACCOUNT)
                                            .accessControlTranslation(owner -> owner.owner(OwnerOverride.DESTINATION))
                                            .encryptionConfiguration(encryption ->
                                                    encryption.replicaKmsKeyID(TwoRegions.DESTINATION_KEY_ARN)))
                                    .build())));
        }
    }

    private static HttpResponse<String> ready(Service service) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(service.address() + "/health/ready"));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
