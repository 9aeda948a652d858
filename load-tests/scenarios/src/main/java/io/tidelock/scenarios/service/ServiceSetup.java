package io.tidelock.scenarios.service;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.sandbox.TwoRegions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * All that the service needs to know to replicate the world of {@link TwoRegions}.
 *
 * @param bootstrapServers the broker
 * @param paris the source's endpoint
 * @param frankfurt the destination's endpoint, which answers for STS as well
 * @param sourceKeyId the source account's access key
 * @param sourceSecret its secret, given to the process in its environment
 * @param httpPort where the service serves health and metrics
 * @param logFormat {@code text} or {@code json}
 * @param more further top-level settings as YAML, may be empty
 * @param budget what each store may cost, as YAML; may be empty
 */
public record ServiceSetup(
        String bootstrapServers,
        URI paris,
        URI frankfurt,
        String sourceKeyId,
        String sourceSecret,
        int httpPort,
        String logFormat,
        String more,
        String budget) {
    private static final String KEY_ID = "TIDELOCK_SOURCE_ACCESS_KEY_ID";
    private static final String SECRET = "TIDELOCK_SOURCE_SECRET_ACCESS_KEY";
    private static final String MARK_KEY = "TIDELOCK_MARK_KEY";
    private static final int PARTITIONS = 12;

    /** Nothing beyond what all need. */
    public ServiceSetup(
            String bootstrapServers,
            URI paris,
            URI frankfurt,
            String sourceKeyId,
            String sourceSecret,
            int httpPort,
            String logFormat) {
        this(bootstrapServers, paris, frankfurt, sourceKeyId, sourceSecret, httpPort, logFormat, "");
    }

    /** Without budgets. */
    public ServiceSetup(
            String bootstrapServers,
            URI paris,
            URI frankfurt,
            String sourceKeyId,
            String sourceSecret,
            int httpPort,
            String logFormat,
            String more) {
        this(bootstrapServers, paris, frankfurt, sourceKeyId, sourceSecret, httpPort, logFormat, more, "");
    }

    /**
     * The world of a sandbox, with a port that is free now.
     *
     * @param more further top-level settings as YAML, may be empty
     * @param budget what each store may cost, as YAML; may be empty
     */
    public static ServiceSetup of(Sandbox sandbox, String more, String budget) {
        var key = sandbox.keyOf(TwoRegions.SOURCE_ACCOUNT);
        return new ServiceSetup(
                sandbox.kafka().bootstrapServers(),
                sandbox.region(TwoRegions.PARIS).endpoint(),
                sandbox.region(TwoRegions.FRANKFURT).endpoint(),
                key.id(),
                key.secret(),
                FreePort.find(),
                "text",
                more,
                budget);
    }

    /** The same with nothing beyond what all need. */
    public static ServiceSetup of(Sandbox sandbox) {
        return of(sandbox, "", "");
    }

    /** Writes the configuration file; it names secrets and holds none. */
    public Path write(Path directory) throws IOException {
        return Files.writeString(directory.resolve("tidelock.yaml"), yaml());
    }

    /** What the process finds in its environment. */
    public Map<String, String> environment() {
        return Map.of(KEY_ID, sourceKeyId, SECRET, sourceSecret, MARK_KEY, "the quickstart signs its marks with this");
    }

    @Override
    public String toString() {
        return "ServiceSetup[" + bootstrapServers + ", " + paris + ", " + frankfurt + ", " + httpPort + "]";
    }

    private String yaml() {
        return """
            roles: [ingest, replicator, compliance]
            kafka:
              bootstrapServers: "%s"
              topics: {partitions: %d, replicationFactor: 1}
            stores:
              %s:
                vendor: generic
                endpoint: %s
                region: %s
                account: "%s"
                pathStyle: true
                writeTimeout: 20s
                %s
                credentials: {type: static, accessKeyId: "${env:%s}", secretAccessKey: "${env:%s}"}
              %s:
                vendor: generic
                endpoint: %s
                region: %s
                account: "%s"
                pathStyle: true
                writeTimeout: 20s
                %s
                credentials:
                  type: assumeRole
                  roleArn: %s
                  externalId: %s
                  stsEndpoint: %s
                  source: {type: static, accessKeyId: "${env:%s}", secretAccessKey: "${env:%s}"}
            sources:
              paris-events: {topics: [%s], store: %s, format: s3}
            mark:
              keys: [{id: quickstart, secret: "${env:%s}"}]
            replication:
              - source: {store: %s, bucket: %s}
                destinations: {%s: %s}
                configuration:
                  Role: arn:aws:iam::%s:role/replication
                  Rules:
                    - ID: everything
                      Status: Enabled
                      Priority: 1
                      Filter: {}
                      DeleteMarkerReplication: {Status: Enabled}
                      SourceSelectionCriteria:
                        SseKmsEncryptedObjects: {Status: Enabled}
                      Destination:
                        Bucket: arn:aws:s3:::%s
                        Account: "%s"
                        AccessControlTranslation: {Owner: Destination}
                        EncryptionConfiguration: {ReplicaKmsKeyID: "%s"}
            http: {host: 127.0.0.1, port: %d}
            log: {format: %s, level: info}
            %s
            """.formatted(
                        bootstrapServers,
                        PARTITIONS,
                        TwoRegions.PARIS,
                        paris,
                        TwoRegions.PARIS_REGION,
                        TwoRegions.SOURCE_ACCOUNT,
                        budget.isEmpty() ? "" : "budget: " + budget,
                        KEY_ID,
                        SECRET,
                        TwoRegions.FRANKFURT,
                        frankfurt,
                        TwoRegions.FRANKFURT_REGION,
                        TwoRegions.DESTINATION_ACCOUNT,
                        budget.isEmpty() ? "" : "budget: " + budget,
                        TwoRegions.WRITER_ROLE_ARN,
                        TwoRegions.EXTERNAL_ID,
                        frankfurt,
                        KEY_ID,
                        SECRET,
                        TwoRegions.EVENTS_TOPIC,
                        TwoRegions.PARIS,
                        MARK_KEY,
                        TwoRegions.PARIS,
                        TwoRegions.SOURCE_BUCKET,
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.FRANKFURT,
                        TwoRegions.SOURCE_ACCOUNT,
                        TwoRegions.DESTINATION_BUCKET,
                        TwoRegions.DESTINATION_ACCOUNT,
                        TwoRegions.DESTINATION_KEY_ARN,
                        httpPort,
                        logFormat,
                        more);
    }
}
