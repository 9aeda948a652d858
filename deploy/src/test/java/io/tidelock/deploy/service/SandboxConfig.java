package io.tidelock.deploy.service;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.util.Map;

/** The configuration of a service that replicates a sandbox with the buckets of {@link TwoRegions}. */
public final class SandboxConfig {
    private static final String MARK_KEY = "this test signs its marks with it";

    private SandboxConfig() {}

    /** What the environment has to hold. */
    public static Map<String, String> environment(Sandbox sandbox) {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        return Map.of("KEY_ID", key.id(), "SECRET", key.secret(), "MARK_KEY", MARK_KEY);
    }

    /** The YAML, to be changed by tests line by line. */
    public static String yaml(Sandbox sandbox) {
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
                    credentials: {type: static, accessKeyId: "${env:KEY_ID}", secretAccessKey: "${env:SECRET}"}
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
                      source: {type: static, accessKeyId: "${env:KEY_ID}", secretAccessKey: "${env:SECRET}"}
                sources:
                  paris-events: {store: paris, topics: [%s]}
                mark:
                  keys: [{id: k1, secret: "${env:MARK_KEY}"}]
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
