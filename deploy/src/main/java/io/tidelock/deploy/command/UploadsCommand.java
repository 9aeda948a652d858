package io.tidelock.deploy.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.upload.OrphanedUploads;
import io.tidelock.replicator.upload.SavedUpload;
import io.tidelock.replicator.upload.kafka.KafkaUploadLedger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tidelock uploads}: multipart uploads under way in the buckets that replicas go to. */
@Command(
        name = "uploads",
        description = {
            "Lists the multipart uploads under way in every bucket that a rule names as destination, or aborts those"
                    + " that Tidelock began and that nobody carries on.",
            "Only uploads that Tidelock has on record are its own; those of other tools are listed and never aborted."
                    + " The service aborts its own by itself, after replicator.uploadAgeMax."
        },
        exitCodeList = {
            ExitCode.OK + ":listed, or aborted",
            ExitCode.ERROR + ":the configuration or an argument is wrong, or a store or Kafka failed",
            ExitCode.FINDINGS + ":some could not be aborted"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock uploads list --config tidelock.yaml",
            "  tidelock uploads list --config tidelock.yaml --format json | jq '.[] | select(.own)'",
            "  tidelock uploads abort --config tidelock.yaml --older-than 24h --dry-run"
        })
final class UploadsCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}.")
    private Action action = Action.LIST;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Only uploads that were begun and not carried on for longer, such as 90m, 24h or 7d."
                    + " Default: all to list; 24h to abort.")
    private @Nullable Duration olderThan;

    @Option(names = "--dry-run", description = "Abort nothing, list what would be.")
    private boolean dryRun;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "How the result is printed: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** What is done. */
    enum Action {
        LIST,
        ABORT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How results are printed. */
    enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A number with its unit. */
    static final class Age implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[0-9]{1,6}[smhd]")) {
                throw new TypeConversionException("must be a number and one of s, m, h, d, was " + text);
            }
            var number = text.substring(0, text.length() - 1);
            return text.endsWith("d")
                    ? Duration.ofDays(Long.parseLong(number))
                    : Duration.parse(
                            "PT" + number + text.substring(number.length()).toUpperCase(Locale.ROOT));
        }
    }

    /**
     * One upload as it is shown.
     *
     * @param saved what Tidelock has on record of it, or null when it is not its own
     */
    private record Shown(Multipart.Open open, @Nullable SavedUpload saved, String state) {
        Instant since() {
            return saved == null ? open.begunAt() : saved.at();
        }

        Shown now(String what) {
            return new Shown(open, saved, what);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        return loaded.isEmpty() ? ExitCode.ERROR : call(loaded.get());
    }

    private int call(TidelockConfig settings) throws InterruptedException {
        var stores = Wiring.stores(settings);
        try (var ledger = new KafkaUploadLedger(
                settings.kafka(), settings.topics().uploads().name())) {
            var own = ledger.known().stream()
                    .collect(Collectors.toMap(SavedUpload::uploadId, Function.identity(), (one, _) -> one));
            var shown = new ArrayList<Shown>();
            for (var upload : chosen(settings, stores, own)) {
                shown.add(action == Action.LIST ? upload : aborted(upload, ledger, stores));
            }
            print(shown);
            return shown.stream().anyMatch(upload -> upload.state().equals("stays")) ? ExitCode.FINDINGS : ExitCode.OK;
        } finally {
            stores.values().forEach(ObjectStore::close);
        }
    }

    private List<Shown> chosen(TidelockConfig settings, Map<String, ObjectStore> stores, Map<String, SavedUpload> own) {
        var age = olderThan != null ? olderThan : action == Action.LIST ? Duration.ZERO : Duration.ofDays(1);
        var before = InstantSource.system().instant().minus(age);
        var chosen = new ArrayList<Shown>();
        for (var bucket : destinations(settings, stores)) {
            store(stores, bucket).uploads(bucket, open -> {
                var saved = own.get(open.uploadId());
                var mine = saved != null && saved.replica().equals(open.object()) ? saved : null;
                var shown = new Shown(open, mine, "open");
                if (!shown.since().isAfter(before) && (action == Action.LIST || mine != null)) {
                    chosen.add(shown);
                }
            });
        }
        return chosen;
    }

    private Set<Bucket> destinations(TidelockConfig settings, Map<String, ObjectStore> stores) {
        var buckets = new LinkedHashSet<Bucket>();
        for (var rules : UsableRules.of(settings, stores, spec.commandLine().getErr(), _ -> false)) {
            rules.rules().stream()
                    .filter(rule -> rule.enabled())
                    .forEach(rule -> buckets.add(rules.destinationOf(rule)));
        }
        return buckets;
    }

    private static ObjectStore store(Map<String, ObjectStore> stores, Bucket bucket) {
        var store = stores.get(bucket.store());
        if (store == null) {
            throw new IllegalStateException("stores has no " + bucket.store());
        }
        return store;
    }

    private Shown aborted(Shown upload, KafkaUploadLedger ledger, Map<String, ObjectStore> stores)
            throws InterruptedException {
        if (dryRun || upload.saved() == null) {
            return upload;
        }
        var orphans = new OrphanedUploads(ledger, stores, InstantSource.system(), Duration.ZERO);
        return upload.now(orphans.abort(upload.saved()) ? "aborted" : "stays");
    }

    private void print(List<Shown> uploads) {
        var out = spec.commandLine().getOut();
        switch (format) {
            case TABLE -> {
                uploads.forEach(upload -> out.println(PlainText.line("%-8s %-5s %s  %s  %s"
                        .formatted(
                                upload.state(),
                                upload.saved() == null ? "other" : "own",
                                upload.since(),
                                upload.open().object(),
                                upload.open().uploadId()))));
                out.println(Counted.of(uploads.size(), "upload"));
            }
            case JSON -> {
                var array = JsonNodeFactory.instance.arrayNode();
                uploads.forEach(upload -> array.addObject()
                        .put("store", upload.open().object().bucket().store())
                        .put("bucket", upload.open().object().bucket().name())
                        .put("key", upload.open().object().key())
                        .put("uploadId", upload.open().uploadId())
                        .put("begunAt", upload.open().begunAt().toString())
                        .put("carriedOnAt", upload.since().toString())
                        .put("own", upload.saved() != null)
                        .put("state", upload.state()));
                out.println(array.toPrettyString());
            }
        }
        out.flush();
    }
}
