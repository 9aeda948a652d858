package io.tidelock.deploy.explain;

import io.tidelock.deploy.config.TidelockConfig;
import io.tidelock.deploy.explain.Explanation.Answer;
import io.tidelock.deploy.explain.Explanation.Destination;
import io.tidelock.deploy.explain.Explanation.Held;
import io.tidelock.deploy.explain.Explanation.History;
import io.tidelock.domain.Bucket;
import io.tidelock.domain.BucketEvent;
import io.tidelock.domain.Cause;
import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.Occurrence;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.ingest.kafka.KeyHistory;
import io.tidelock.replicator.execute.Endpoint;
import io.tidelock.replicator.execute.Endpoints;
import io.tidelock.replicator.execute.Foresight;
import io.tidelock.replicator.execute.Foresight.Foreseen;
import io.tidelock.replicator.mark.MarkKeys;
import io.tidelock.replicator.outcome.Outcome;
import io.tidelock.replicator.outcome.SkipReason;
import io.tidelock.replicator.outcome.kafka.OutcomeCodec;
import io.tidelock.replicator.plan.Assignment;
import io.tidelock.replicator.plan.Plan;
import io.tidelock.replicator.plan.Planner;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.Candidates;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at both sides, and asks the same planner as the replicator. Changes nothing. Blocks; thread-safe. */
public final class Explainer {
    /** How far back outcomes are looked for: records of the key's partition. */
    private static final int HISTORY_RECORDS_MAX = 500_000;

    /** How many outcomes of a key are shown. */
    private static final int OUTCOMES_MAX = 20;

    private final TidelockConfig config;
    private final RuleBook book;
    private final Endpoints endpoints;
    private final Foresight foresight;

    /**
     * Prepares explanations.
     *
     * @param rules of every replication of the configuration
     * @param stores by name; stay open
     * @throws IllegalArgumentException when the configuration has no mark keys, by which replicas are recognised
     */
    public Explainer(
            TidelockConfig config, List<BucketRules> rules, Map<String, ObjectStore> stores, InstantSource clock) {
        this.config = config;
        this.book = new RuleBook(rules);
        this.endpoints = new Endpoints(stores.entrySet().stream()
                .map(store -> new Endpoint(store.getKey(), store.getValue(), account(store.getKey())))
                .toList());
        MarkKeys marks = config.marks()
                .orElseThrow(() -> new IllegalArgumentException(
                        "mark.keys is needed to recognise replicas: give the keys of the replicator"));
        this.foresight = new Foresight(new Planner(marks, config.replicator().ownPrincipals()), clock);
    }

    private @Nullable String account(String store) {
        var settings = config.stores().get(store);
        return settings == null ? null : settings.account();
    }

    /** The source buckets that rules speak of. */
    public List<Bucket> sources() {
        return book.sources().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }

    /** What can be said about one event; nothing is read of what was done. */
    public Explanation of(BucketEvent event) {
        return explain(event.object(), held(event.object()), Optional.of(event), Optional.empty());
    }

    /**
     * What can be said about one key and what was done about it.
     *
     * @param version which version is decided about, or null for what stands on top
     */
    public Explanation of(ObjectKey object, @Nullable VersionId version) {
        var held = held(object);
        return explain(object, held, eventOf(object, held, version), Optional.of(history(object)));
    }

    private Explanation explain(ObjectKey object, Held held, Optional<BucketEvent> event, Optional<History> history) {
        var matches = book.of(object.bucket())
                .map(rules -> RuleMatch.of(rules, object.key()))
                .orElse(List.of());
        var asked = event.map(book::candidates).orElseGet(() -> book.candidates(object.bucket(), object.key()));
        var destinations = asked.stream()
                .map(candidates -> new Destination(
                        candidates.replica(),
                        held(candidates.replica()),
                        event.map(one -> answers(one, candidates)).orElse(List.of())))
                .toList();
        return new Explanation(object, event, held, matches, destinations, history);
    }

    /** As the replicator does: a rule whose tags do not match leaves the version to the rule below it (rule 6). */
    private List<Answer> answers(BucketEvent event, Candidates candidates) {
        var answers = new ArrayList<Answer>();
        for (var rule : candidates.rules()) {
            var foreseen = foresight.of(endpoints.route(assignment(event, candidates, rule)));
            answers.add(new Answer(rule.id(), foreseen));
            if (!isLeftToTheNext(foreseen)) {
                break;
            }
        }
        return answers;
    }

    private static boolean isLeftToTheNext(Foreseen foreseen) {
        return foreseen instanceof Foreseen.Planned planned
                && planned.plan() instanceof Plan.Skip(var reason)
                && reason == SkipReason.TAGS_DO_NOT_MATCH;
    }

    private Assignment assignment(BucketEvent event, Candidates candidates, ReplicationRule rule) {
        var destination = endpoints.of(candidates.replica().bucket().store());
        var account = rule.destination().account();
        return new Assignment(
                event,
                rule,
                candidates.replica(),
                candidates.history(),
                candidates.acl(),
                destination.store().capabilities(),
                account == null || account.equals(destination.account()),
                book.wayBack(candidates.replica(), event.object()));
    }

    private Held held(ObjectKey object) {
        try {
            return new Held.Stack(endpoints.of(object.bucket().store()).store().stack(object));
        } catch (StoreException e) {
            return new Held.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /** The event that the version's writing would have been, without what only the store knew then. */
    private static Optional<BucketEvent> eventOf(ObjectKey object, Held held, @Nullable VersionId version) {
        if (!(held instanceof Held.Stack(var stack))) {
            return Optional.empty();
        }
        return (version == null ? stack.current() : stack.find(version)).map(layer -> {
            var marker = layer instanceof VersionStack.Marker;
            var occurrence = new Occurrence(
                    object,
                    layer.id(),
                    layer.lastModified(),
                    null,
                    null,
                    marker ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectCreated:Put",
                    Cause.JOB);
            return switch (layer) {
                case VersionStack.Marker _ -> new BucketEvent.DeleteMarkerCreated(occurrence);
                case VersionStack.DataVersion data ->
                    new BucketEvent.ObjectCreated(occurrence, data.sizeBytes(), data.eTag());
            };
        });
    }

    private History history(ObjectKey object) {
        try {
            var found = new KeyHistory(config.kafka())
                    .read(
                            config.replicator().outcomesTopic(),
                            object.recordKey().getBytes(StandardCharsets.UTF_8),
                            HISTORY_RECORDS_MAX,
                            OUTCOMES_MAX);
            var outcomes = new ArrayList<Outcome>();
            var unread = new ArrayList<String>();
            for (var value : found.values()) {
                switch (OutcomeCodec.decode(value)) {
                    case OutcomeCodec.Read(var outcome) -> outcomes.add(outcome);
                    case OutcomeCodec.Newer(var detail) -> unread.add("an outcome of a newer Tidelock: " + detail);
                    case OutcomeCodec.Unreadable(var detail) -> unread.add("a record that is no outcome: " + detail);
                }
            }
            return new History(
                    outcomes,
                    found.complete() && unread.isEmpty(),
                    unread.isEmpty() ? null : String.join("; ", unread));
        } catch (IllegalStateException e) {
            return new History(List.of(), false, String.valueOf(e.getMessage()));
        }
    }
}
