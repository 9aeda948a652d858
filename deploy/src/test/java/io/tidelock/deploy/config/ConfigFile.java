package io.tidelock.deploy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A configuration file of a test: a valid one to begin with, and what the loader says of changed ones. */
final class ConfigFile {
    static final Map<String, String> ENVIRONMENT = Map.of(
            "MARK_KEY", "0123456789abcdef", "PARIS_KEY", "AKIAPARIS", "PARIS_SECRET", "s3cr3t-of-paris", "EMPTY", "");

    static final String VALID = """
            kafka:
              bootstrapServers: "127.0.0.1:9092"
            stores:
              paris:
                region: eu-west-3
                account: "111122223333"
                credentials:
                  type: static
                  accessKeyId: ${env:PARIS_KEY}
                  secretAccessKey: ${env:PARIS_SECRET}
              frankfurt:
                vendor: generic
                endpoint: http://127.0.0.1:9002
                region: eu-central-1
            sources:
              paris-events:
                store: paris
                topics: [bucket-events]
            mark:
              keys:
                - id: k1
                  secret: ${env:MARK_KEY}
            replication:
              - source: {store: paris, bucket: photos}
                destinations: {photos-replica: frankfurt}
                configuration:
                  Role: arn:aws:iam::111122223333:role/replication
                  Rules:
                    - ID: all
                      Status: Enabled
                      Priority: 1
                      Filter: {}
                      DeleteMarkerReplication: {Status: Enabled}
                      Destination: {Bucket: "arn:aws:s3:::photos-replica"}
            """;

    private static final ConfigLoader LOADER = new ConfigLoader(ENVIRONMENT::get);

    private final Path file;

    ConfigFile(Path directory) {
        file = directory.resolve("tidelock.yaml");
    }

    Loaded load(String yaml) throws IOException {
        Files.writeString(file, yaml);
        return LOADER.load(file);
    }

    Loaded load(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        return LOADER.load(file);
    }

    /** The problems as people see them, without the directory. */
    List<String> problems(String yaml) throws IOException {
        return texts(load(yaml));
    }

    List<String> problems(byte[] yaml) throws IOException {
        return texts(load(yaml));
    }

    private List<String> texts(Loaded loaded) {
        return switch (loaded) {
            case Loaded.Valid _ -> List.of();
            case Loaded.Invalid(var problems) ->
                problems.stream()
                        .map(problem -> problem.text().replace(file.toString(), "tidelock.yaml"))
                        .toList();
        };
    }
}
