package io.tidelock.scenarios.ceph;

import io.tidelock.sandbox.ceph.CephCluster;
import io.tidelock.sandbox.ceph.CephCluster.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the service is told of two regions of Ceph.
 *
 * @param writer who writes replicas
 */
record CephSetup(CephCluster ceph, String bootstrapServers, User writer, int httpPort) {
    static final String EVENTS_TOPIC = "ceph-events";
    static final String SOURCE_BUCKET = "paris-photos";
    static final String DESTINATION_BUCKET = "frankfurt-photos";
    static final String RULE = "everything";

    Path write(Path directory) throws IOException {
        return Files.writeString(directory.resolve("tidelock.yaml"), yaml());
    }

    Map<String, String> environment() {
        return Map.of(
                "SOURCE_KEY", ceph.source().key().id(),
                "SOURCE_SECRET", ceph.source().key().secret(),
                "WRITER_KEY", writer.key().id(),
                "WRITER_SECRET", writer.key().secret(),
                "MARK_KEY", "marks between two regions of Ceph");
    }

    private String yaml() {
        return """
            kafka:
              bootstrapServers: "%s"
              topics: {partitions: 6, replicationFactor: 1}
            stores:
              paris:
                vendor: ceph
                endpoint: %s
                region: %s
                account: "%s"
                credentials: {type: static, accessKeyId: "${env:SOURCE_KEY}", secretAccessKey: "${env:SOURCE_SECRET}"}
              frankfurt:
                vendor: ceph
                endpoint: %s
                region: %s
                account: "%s"
                credentials: {type: static, accessKeyId: "${env:WRITER_KEY}", secretAccessKey: "${env:WRITER_SECRET}"}
            sources:
              paris-events: {topics: [%s], store: paris, format: ceph}
            mark:
              keys: [{id: ceph, secret: "${env:MARK_KEY}"}]
            replication:
              - source: {store: paris, bucket: %s}
                destinations: {%s: frankfurt}
                configuration:
                  Role: unused-outside-of-aws
                  Rules:
                    - ID: %s
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
                        EncryptionConfiguration: {ReplicaKmsKeyID: %s}
            http: {host: 127.0.0.1, port: %d}
            log: {format: text, level: info}
            """.formatted(
                        bootstrapServers,
                        ceph.paris().endpoint(),
                        ceph.paris().name(),
                        ceph.source().account(),
                        ceph.frankfurt().endpoint(),
                        ceph.frankfurt().name(),
                        ceph.destination().account(),
                        EVENTS_TOPIC,
                        SOURCE_BUCKET,
                        DESTINATION_BUCKET,
                        RULE,
                        DESTINATION_BUCKET,
                        ceph.destination().account(),
                        ceph.destinationKmsKey(),
                        httpPort);
    }
}
