package io.tidelock.deploy.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.service.Wiring;
import io.tidelock.deploy.text.Counted;
import io.tidelock.deploy.text.PlainText;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Look;
import io.tidelock.ingest.handoff.EventCodec;
import io.tidelock.ingest.handoff.OutgoingRecord;
import io.tidelock.ingest.kafka.JobWriter;
import io.tidelock.ingest.kafka.KeyHistory;
import io.tidelock.replicator.job.Checkpoint;
import io.tidelock.replicator.job.Resync;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.s3.S3VersionPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidelock resync}: existing objects become events. */
@Command(
        name = "resync",
        description = {
            "Writes an event for every version that a rule's source bucket holds, key by key, oldest first. The"
                    + " running replicators then look at each under that rule, copy what is not there, and bring the tags, ACL"
                    + " and lock of what is there up to date.",
            "How far it has come is kept in Kafka with the events themselves: broken off, the same command goes on"
                    + " where it was. Done, it begins anew."
        },
        exitCodeList = {
            ExitCode.OK + ":all events were written, or would be",
            ExitCode.ERROR
                    + ":the configuration or an argument is wrong, or a store or Kafka failed; run it again to go on"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  tidelock resync --config tidelock.yaml photos --dry-run",
            "  tidelock resync --config tidelock.yaml photos --prefix originals/2026/ --rate 200",
            "  tidelock resync --config tidelock.yaml photos --delete-markers --restart"
        })
final class ResyncCommand implements Callable<Integer> {
    private static final int BATCH_EVENTS_MAX = 500;
    private static final int CHECKPOINT_RECORDS_MAX = 1_000_000;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Parameters(paramLabel = "RULE", description = "The rule's ID; STORE/BUCKET/ID where several buckets have it.")
    private String rule = "";

    @Option(names = "--prefix", paramLabel = "P", description = "Only keys that begin so.")
    private String prefix = "";

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "500",
            description = "Events a second at most. Default: ${DEFAULT-VALUE}.")
    private int rate = BATCH_EVENTS_MAX;

    @Option(
            names = "--delete-markers",
            description = "Delete markers become events, too. A listing does not tell which of them lifecycle made.")
    private boolean markers;

    @Option(names = "--restart", description = "Begin anew, wherever an earlier run has come to.")
    private boolean restart;

    @Option(names = "--dry-run", description = "Only count.")
    private boolean dryRun;

    // picocli sets it before the command is called
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (rate < 1) {
            throw new ParameterException(spec.commandLine(), "--rate must be at least 1, was " + rate);
        }
        var loaded = config.loadOrExplain(spec.commandLine().getErr());
        return loaded.isEmpty() ? ExitCode.ERROR : resync(loaded.get());
    }

    private int resync(TidelockConfig settings) throws InterruptedException {
        var chosen = chosen(settings);
        var narrowed = chosen.prefix(prefix);
        if (narrowed.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--prefix " + prefix + ": no key of the rule " + chosen.rule.id() + " begins so");
        }
        var bucket = chosen.rules.source();
        var store = Objects.requireNonNull(settings.stores().get(bucket.store()), "the configuration was checked");
        var job = Checkpoint.job(bucket, chosen.rule.id(), prefix, markers);
        try (var pages = new S3VersionPages(store);
                var progress = Progress.of("events", -1)) {
            var resync = new Resync(
                    pages, bucket, new Look(chosen.rule.id(), Look.Purpose.RESYNC), chosen::selects, markers);
            var ended = dryRun
                    ? counted(resync, narrowed.get(), progress)
                    : written(resync, narrowed.get(), progress, settings, job);
            var out = spec.commandLine().getOut();
            out.println(Counted.of(ended.keys(), "key") + ", " + Counted.of(ended.events(), "event")
                    + (dryRun ? " to write" : " written"));
            out.flush();
            return ExitCode.OK;
        }
    }

    private static Checkpoint counted(Resync resync, String prefix, Progress progress) throws InterruptedException {
        var count = new long[2];
        resync.run(prefix, null, (_, events) -> {
            count[0]++;
            count[1] += events.size();
            events.forEach(_ -> progress.step());
            return true;
        });
        return new Checkpoint(null, count[0], count[1], true);
    }

    private Checkpoint written(Resync resync, String narrowed, Progress progress, TidelockConfig settings, String job)
            throws InterruptedException {
        var jobs = settings.topics().jobs();
        var problems = Wiring.topics(settings).ensure(List.of(settings.topics().events(), jobs));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    problems.stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        // two runs of one job have one name, whatever characters its prefix has
        var id = UUID.nameUUIDFromBytes(job.getBytes(UTF_8)).toString();
        try (var writer = new JobWriter(settings.kafka(), id)) {
            var from = restart ? Checkpoint.BEGINNING : checkpoint(settings, job);
            if (from.afterKey() != null) {
                spec.commandLine()
                        .getErr()
                        .println("going on after " + Counted.of(from.keys(), "key") + ", the last "
                                + PlainText.line(from.afterKey()));
            }
            var batch = new Batch(writer, settings.topics().events().name(), jobs.name(), job, from, progress);
            resync.run(narrowed, from.afterKey(), batch);
            return batch.end();
        }
    }

    private static Checkpoint checkpoint(TidelockConfig settings, String job) {
        var found = new KeyHistory(settings.kafka())
                .read(settings.topics().jobs().name(), job.getBytes(UTF_8), CHECKPOINT_RECORDS_MAX, 1);
        return found.values().isEmpty()
                ? Checkpoint.BEGINNING
                : Checkpoint.read(found.values().getLast())
                        .filter(checkpoint -> !checkpoint.done())
                        .orElse(Checkpoint.BEGINNING);
    }

    private Chosen chosen(TidelockConfig settings) {
        var stores = Wiring.stores(settings);
        List<BucketRules> all;
        try {
            all = UsableRules.of(settings, stores, spec.commandLine().getErr(), _ -> false);
        } finally {
            stores.values().forEach(ObjectStore::close);
        }
        var found = new ArrayList<Chosen>();
        var enabled = new ArrayList<String>();
        for (var rules : all) {
            for (var one : rules.rules()) {
                if (one.enabled()) {
                    enabled.add(rules.source() + "/" + one.id());
                    if (one.id().equals(rule) || (rules.source() + "/" + one.id()).equals(rule)) {
                        found.add(new Chosen(rules, one));
                    }
                }
            }
        }
        if (found.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "RULE " + rule + ": " + (found.isEmpty() ? "is no enabled rule" : "is a rule of several buckets")
                            + "; there are " + String.join(", ", enabled));
        }
        return found.getFirst();
    }

    /** The rule that is meant, among those of its bucket. */
    private record Chosen(BucketRules rules, ReplicationRule rule) {
        boolean selects(String key) {
            return rule.filter().admits(key) && rules.keysOf(rule).covers(key);
        }

        /** What is listed: the longest of what keys must begin with; empty when they contradict each other. */
        Optional<String> prefix(String wanted) {
            var longest = "";
            for (var one : List.of(rule.filter().prefix(), rules.keysOf(rule).from(), wanted)) {
                if (one.startsWith(longest)) {
                    longest = one;
                } else if (!longest.startsWith(one)) {
                    return Optional.empty();
                }
            }
            return Optional.of(longest);
        }
    }

    /** Collects events and writes them with how far the job has come, no faster than it may. */
    private final class Batch implements Resync.Sink {
        private final JobWriter writer;
        private final String eventsTopic;
        private final String jobsTopic;
        private final String job;
        private final Progress progress;
        private final List<OutgoingRecord> pending = new ArrayList<>();
        private final long begin = System.nanoTime();
        private long paced;
        private Checkpoint checkpoint;

        Batch(JobWriter writer, String eventsTopic, String jobsTopic, String job, Checkpoint from, Progress progress) {
            this.writer = writer;
            this.eventsTopic = eventsTopic;
            this.jobsTopic = jobsTopic;
            this.job = job;
            this.checkpoint = from;
            this.progress = progress;
        }

        @Override
        public boolean key(String key, List<BucketEvent> events) throws InterruptedException {
            for (var event : events) {
                if (pending.size() >= Math.min(rate, BATCH_EVENTS_MAX)) {
                    // a key of very many versions: its first ones are written again if the job breaks off here
                    flush(checkpoint);
                }
                pending.add(EventCodec.record(eventsTopic, event, List.of()));
            }
            checkpoint = new Checkpoint(key, checkpoint.keys() + 1, checkpoint.events() + events.size(), false);
            if (pending.size() >= Math.min(rate, BATCH_EVENTS_MAX)) {
                flush(checkpoint);
            }
            return true;
        }

        private void flush(Checkpoint reached) throws InterruptedException {
            paced += pending.size();
            pending.forEach(_ -> progress.step());
            pending.add(reached.record(jobsTopic, job));
            writer.write(List.copyOf(pending));
            pending.clear();
            var due = begin + TimeUnit.SECONDS.toNanos(1) * paced / rate;
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }

        Checkpoint end() throws InterruptedException {
            checkpoint = new Checkpoint(checkpoint.afterKey(), checkpoint.keys(), checkpoint.events(), true);
            flush(checkpoint);
            return checkpoint;
        }
    }
}
