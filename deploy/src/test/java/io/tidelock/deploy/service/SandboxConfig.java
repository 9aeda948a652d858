package io.tidelock.deploy.service;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The configuration of a service that replicates a sandbox with the buckets of {@link TwoRegions}. */
public final class SandboxConfig {
    private SandboxConfig() {}

    /** Writes the file, and the secrets that it refers to beside it. */
    public static Path write(Sandbox sandbox, Path directory, UnaryOperator<String> change) throws IOException {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        Files.writeString(directory.resolve("key-id"), key.id());
        Files.writeString(directory.resolve("secret"), key.secret());
        Files.writeString(directory.resolve("mark"), "this test signs its marks with it");
        return Files.writeString(directory.resolve("tidelock.yaml"), change.apply(yaml(sandbox)));
    }

    /** The configuration, its rules left to the source bucket. */
    public static String rulesFromBucket(String yaml) {
        var begin = yaml.indexOf("    configuration:");
        return yaml.substring(0, begin) + "    fromBucket: true\n" + yaml.substring(yaml.indexOf("http: {"));
    }

    private static String yaml(Sandbox sandbox) {
        return """
                instance: one
                kafka:
                  bootstrapServers: "%s"
                  topics: {partitions: 3, replicationFactor: 1}
                stores:
                  paris:
                    vendor: generic
                    endpoint: %s
                    region: %s
                    account: "%s"
                    credentials: {type: static, accessKeyId: "${file:key-id}", secretAccessKey: "${file:secret}"}
                  frankfurt:
                    vendor: generic
                    endpoint: %s
                    region: %s
                    account: "%s"
                    credentials:
                      type: assumeRole
                      roleArn: %s
                      externalId: %s
                      stsEndpoint: %s
                      source: {type: static, accessKeyId: "${file:key-id}", secretAccessKey: "${file:secret}"}
                sources:
                  paris-events: {store: paris, topics: [%s]}
                mark:
                  keys: [{id: k1, secret: "${file:mark}"}]
                replication:
                  - source: {store: paris, bucket: %s}
                    destinations: {%s: frankfurt}
                    configuration:
                      Role: arn:aws:iam::111122223333:role/replication
                      Rules:
                        - ID: everything
                          Status: Enabled
                          Priority: 1
                          Filter: {}
                          DeleteMarkerReplication: {Status: Enabled}
                          SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: Enabled}}
                          Destination:
                            Bucket: arn:aws:s3:::%s
                            Account: "%s"
                            AccessControlTranslation: {Owner: Destination}
                            EncryptionConfiguration: {ReplicaKmsKeyID: "%s"}
                http: {port: 0}
                log: {format: text, level: warn}
                """.formatted(
                        sandbox.kafka().bootstrapServers(),
                        sandbox.region(TwoRegions.PARIS).endpoint(),
                        TwoRegions.PARIS_REGION,
                        TwoRegions.SOURCE_ACCOUNT,
                        sandbox.region(TwoRegions.FRANKFURT).endpoint(),
                        TwoRegions.FRANKFURT_REGION,
                        TwoRegions.DESTINATION_ACCOUNT,
                        TwoRegions.WRITER_ROLE_ARN,
                        TwoRegions.EXTERNAL_ID,
                        sandbox.region(TwoRegions.FRANKFURT).endpoint(),
                        TwoRegions.EVENTS_TOPIC,
                        TwoRegions.SOURCE_BUCKET,
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.DESTINATION_ACCOUNT,
                        TwoRegions.DESTINATION_KEY_ARN);
    }
}
