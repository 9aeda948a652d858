package io.tidelock.deploy.config;

import io.tidelock.deploy.http.HttpConfig;
import io.tidelock.deploy.log.LogConfig;
import io.tidelock.replicator.job.SweepSettings;
import io.tidelock.replicator.mark.MarkKey;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.store.s3.S3Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.event.Level;

/** Makes the records; what their constructors refuse becomes a problem of the group of settings that it came from. */
final class ConfigReader {
    private final YamlDocument document;
    private final Path directory;
    private final Problems problems;

    /** @param directory what paths in the file are relative to */
    ConfigReader(YamlDocument document, Path directory, Problems problems) {
        this.document = document;
        this.directory = directory;
        this.problems = problems;
    }

    Optional<TidelockConfig> read(Settings root) {
        var roles = root.texts("roles").stream()
                .map(role -> Role.valueOf(role.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        var kafka = accepted(root.group("kafka"), () -> KafkaReader.kafka(root));
        var topics = accepted(
                root.group("kafka").group("topics"),
                () -> KafkaReader.topics(root.group("kafka").group("topics")));
        var stores = root.named("stores", store -> accepted(store, () -> StoreReader.read(store)));
        var replication = new ReplicationReader(document, directory, root.node().path("stores"), problems)
                .read(root.groups("replication"));
        var marks = root.optionalGroup("mark").flatMap(mark -> accepted(mark, () -> marks(mark)));
        var sweep = root.optionalGroup("sweep").flatMap(group -> accepted(group, () -> sweep(group)));
        var http = http(root.group("http"));
        var log = log(root.group("log"));
        if (!problems.isEmpty() || kafka.isEmpty() || topics.isEmpty()) {
            return Optional.empty();
        }
        var composed = new LinkedHashMap<String, S3Settings>();
        stores.forEach((name, settings) -> settings.ifPresent(store -> composed.put(name, store)));
        var ingest = accepted(root.group("ingest"), () -> KafkaReader.ingest(root, kafka.get(), topics.get()));
        var replicator =
                accepted(root.group("replicator"), () -> ReplicatorReader.read(root.group("replicator"), topics.get()));
        if (ingest.isEmpty() || replicator.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TidelockConfig(
                roles,
                kafka.get(),
                topics.get(),
                composed,
                ingest.get(),
                replication,
                marks,
                replicator.get(),
                sweep,
                http,
                log));
    }

    private static MarkKeys marks(Settings mark) {
        return new MarkKeys(mark.groups("keys").stream()
                .map(key -> new MarkKey(key.text("id"), key.text("secret").getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private static SweepSettings sweep(Settings sweep) {
        return new SweepSettings(
                sweep.duration("every"),
                sweep.integer("rate"),
                sweep.duration("olderThan"),
                sweep.optionalText("since").map(ConfigReader::instant),
                Set.copyOf(sweep.texts("deleteMarkerRules")));
    }

    private static Instant instant(String since) {
        try {
            return Instant.parse(since);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("sweep.since must be a moment of the calendar, was " + since, e);
        }
    }

    private HttpConfig http(Settings http) {
        var tls = http.optionalGroup("tls")
                .map(files -> new HttpConfig.Tls(file(files, "certificateFile"), file(files, "keyFile")));
        var authentication = http.optionalGroup("authentication");
        return new HttpConfig(
                http.text("host"),
                http.integer("port"),
                tls,
                authentication.flatMap(shown -> shown.optionalText("bearerToken")),
                authentication
                        .flatMap(shown -> shown.optionalGroup("basic"))
                        .map(basic -> new HttpConfig.Basic(basic.text("user"), basic.text("password"))));
    }

    /** What a record's constructor refuses is a problem of its group; its message names the setting and the value. */
    private <T> Optional<T> accepted(Settings group, Supplier<T> record) {
        try {
            return Optional.of(record.get());
        } catch (IllegalArgumentException e) {
            problems.add(
                    document.key(group.pointer()),
                    Pointer.setting(group.pointer()),
                    String.valueOf(e.getMessage()),
                    "correct the value");
            return Optional.empty();
        }
    }

    private static LogConfig log(Settings log) {
        return new LogConfig(
                LogConfig.Format.valueOf(log.text("format").toUpperCase(Locale.ROOT)),
                level(log.text("level")),
                log.values("levels").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> level(entry.getValue()))));
    }

    private static Level level(String name) {
        return Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** A path, which must lead to a readable file. */
    private Path file(Settings settings, String name) {
        var path = directory.resolve(settings.text(name));
        if (!java.nio.file.Files.isReadable(path) || java.nio.file.Files.isDirectory(path)) {
            var pointer = Pointer.child(settings.pointer(), name);
            problems.add(
                    document.value(pointer),
                    Pointer.setting(pointer),
                    "names a file that cannot be read: " + document.shown(pointer),
                    "correct the path, which is relative to the configuration file, or the file's rights");
        }
        return path;
    }
}
