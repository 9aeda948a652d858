package io.tidelock.scenarios.twoways;

import io.tidelock.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the service needs to know to replicate both buckets to each other, as {@code deploy/examples/two-ways.yaml} shows it. Tidelock writes as a
 * role of its own, so that events tell it from people.
 *
 * @param sandbox the broker and the stores
 * @param httpPort where the service serves health and metrics
 * @param principals how the configuration spells who Tidelock is, as a YAML list
 */
record TwoWaysSetup(Sandbox sandbox, int httpPort, String principals) {
    private static final String KEY_ID = "TIDELOCK_ACCESS_KEY_ID";
    private static final String SECRET = "TIDELOCK_SECRET_ACCESS_KEY";
    private static final String MARK_KEY = "TIDELOCK_MARK_KEY";

    /** Writes the configuration file; it names secrets and holds none. */
    Path write(Path directory) throws IOException {
        return Files.writeString(directory.resolve("tidelock.yaml"), yaml());
    }

    /** What the process finds in its environment. */
    Map<String, String> environment() {
        var key = sandbox.keyOf(TwoWays.ACCOUNT);
        return Map.of(KEY_ID, key.id(), SECRET, key.secret(), MARK_KEY, "the marks of two ways are signed with it");
    }

    private String yaml() {
        return """
            kafka:
              bootstrapServers: "%s"
              topics: {partitions: 4, replicationFactor: 1}
            stores:
            %s%s\
            sources:
              paris-events: {store: paris, topics: [paris-events], format: s3}
              frankfurt-events: {store: frankfurt, topics: [frankfurt-events], format: s3}
            mark:
              keys: [{id: k1, secret: "${env:%s}"}]
            replicator:
              principals: %s
            replication:
            %s%s\
            http: {host: 127.0.0.1, port: %d}
            """.formatted(
                        sandbox.kafka().bootstrapServers(),
                        store(Side.PARIS),
                        store(Side.FRANKFURT),
                        MARK_KEY,
                        principals,
                        replication(Side.PARIS),
                        replication(Side.FRANKFURT),
                        httpPort);
    }

    private String store(Side side) {
        URI endpoint = sandbox.region(side.place()).endpoint();
        return """
              %s:
                vendor: generic
                endpoint: %s
                region: %s
                account: "%s"
                pathStyle: true
                credentials:
                  type: assumeRole
                  roleArn: %s
                  stsEndpoint: %s
                  source: {type: static, accessKeyId: "${env:%s}", secretAccessKey: "${env:%s}"}
            """.formatted(
                        side.place(),
                        endpoint,
                        side.region(),
                        TwoWays.ACCOUNT,
                        TwoWays.TIDELOCK.arn(),
                        endpoint,
                        KEY_ID,
                        SECRET);
    }

    private static String replication(Side from) {
        return """
              - source: {store: %s, bucket: %s}
                destinations: {%s: %s}
                configuration:
                  Role: %s
                  Rules:
                    - ID: from-%s
                      Status: Enabled
                      Priority: 1
                      Filter: {}
                      SourceSelectionCriteria: {ReplicaModifications: {Status: Enabled}}
                      DeleteMarkerReplication: {Status: Enabled}
                      Destination: {Bucket: "arn:aws:s3:::%s"}
            """.formatted(
                        from.place(),
                        from.bucket(),
                        from.other().bucket(),
                        from.other().place(),
                        TwoWays.TIDELOCK.arn(),
                        from.place(),
                        from.other().bucket());
    }
}
