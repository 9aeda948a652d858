package io.tidelock.deploy.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.domain.Bucket;
import io.tidelock.replicator.rule.AclPolicy;
import io.tidelock.replicator.rule.BucketRules;
import io.tidelock.replicator.rule.KeyMapping;
import io.tidelock.replicator.rule.ReplicationRule;
import io.tidelock.replicator.rule.RuleBook;
import io.tidelock.replicator.rule.document.Leniency;
import io.tidelock.replicator.rule.document.RuleDocument;
import io.tidelock.replicator.rule.document.RuleDocuments;
import io.tidelock.replicator.rule.document.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads what is replicated: the rules' documents, and whether they fit the rest of the configuration. */
final class ReplicationReader {
    private final YamlDocument document;
    private final Path directory;
    private final JsonNode stores;
    private final Problems problems;

    /**
     * @param directory what paths in the file are relative to
     * @param stores the settings of all stores
     */
    ReplicationReader(YamlDocument document, Path directory, JsonNode stores, Problems problems) {
        this.document = document;
        this.directory = directory;
        this.stores = stores;
        this.problems = problems;
    }

    List<Replication> read(List<Settings> entries) {
        var all = entries.stream().map(this::entry).toList();
        if (problems.isEmpty()) {
            overlaps(all);
        }
        return all;
    }

    private Replication entry(Settings entry) {
        var source = entry.group("source");
        var found = rules(entry);
        var places = places(entry);
        var replication = new Replication(
                new Bucket(source.text("store"), source.text("bucket")),
                found.map(RuleDocument.Parsed::role),
                found.map(RuleDocument.Parsed::rules),
                places,
                sites(places),
                BucketRules.History.valueOf(entry.text("history").toUpperCase(Locale.ROOT)),
                leniency(entry),
                readEvery(entry),
                entry.named("budgets", BudgetReader::read),
                ownersAlwaysVerified(entry),
                encryptionContexts(entry));
        replication.rules().ifPresent(rules -> fit(entry, replication, rules));
        return replication;
    }

    private static Map<String, BucketRules.Place> places(Settings entry) {
        var mappings = entry.named("keyPrefixes", mapping -> new KeyMapping(mapping.text("from"), mapping.text("to")));
        var acls = entry.named("acls", ReplicationReader::acl);
        var places = new LinkedHashMap<String, BucketRules.Place>();
        entry.values("destinations")
                .forEach((bucket, store) -> places.put(
                        bucket,
                        new BucketRules.Place(
                                store,
                                mappings.getOrDefault(bucket, KeyMapping.IDENTITY),
                                acls.getOrDefault(bucket, AclPolicy.COPY))));
        return places;
    }

    private Map<String, Site> sites(Map<String, BucketRules.Place> places) {
        return places.values().stream()
                .map(BucketRules.Place::store)
                .distinct()
                .collect(Collectors.toUnmodifiableMap(store -> store, this::site));
    }

    private Site site(String store) {
        var settings = stores.path(store);
        return new Site(
                store,
                settings.path("region").asText(),
                settings.path("account").asText(null));
    }

    private static Map<String, SortedMap<String, String>> encryptionContexts(Settings entry) {
        var contexts = new LinkedHashMap<String, SortedMap<String, String>>();
        entry.named("encryptionContexts", settings -> settings)
                .keySet()
                .forEach(bucket -> contexts.put(
                        bucket, new TreeMap<>(entry.group("encryptionContexts").values(bucket))));
        return contexts;
    }

    private static Set<String> ownersAlwaysVerified(Settings entry) {
        return entry.values("ownerChecks").entrySet().stream()
                .filter(check -> check.getValue().equals("always"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static AclPolicy acl(Settings settings) {
        return new AclPolicy(settings.flag("copied"), settings.values("grantees"), settings.flag("unmappedKept"));
    }

    private Duration readEvery(Settings entry) {
        var every = entry.duration("readEvery");
        var bounded = every.compareTo(Replication.READ_EVERY_MIN) < 0
                ? Replication.READ_EVERY_MIN
                : every.compareTo(Replication.READ_EVERY_MAX) > 0 ? Replication.READ_EVERY_MAX : every;
        if (!bounded.equals(every)) {
            var pointer = Pointer.child(entry.pointer(), "readEvery");
            wrong(pointer, "is " + document.shown(pointer), "choose a time from 10s to 1d");
        }
        return bounded;
    }

    private static Leniency leniency(Settings entry) {
        return new Leniency(entry.flag("deleteMarkersWithTags"), entry.flag("deleteMarkersUnsaid"));
    }

    private Optional<RuleDocument.Parsed> rules(Settings entry) {
        var inline = entry.node().get("configuration");
        if (inline != null) {
            var pointer = Pointer.child(entry.pointer(), "configuration");
            return inline(pointer, inline, RuleDocuments.fromJson(inline.toString(), leniency(entry)));
        }
        return entry.optionalText("configurationFile").flatMap(name -> file(entry, name));
    }

    private Optional<RuleDocument.Parsed> file(Settings entry, String name) {
        var pointer = Pointer.child(entry.pointer(), "configurationFile");
        return switch (RuleFile.read(directory.resolve(name), leniency(entry))) {
            case RuleFile.Read(var read) -> inFile(pointer, read);
            case RuleFile.Unread(var problem, var remedy) -> {
                wrong(pointer, problem + ": " + document.shown(pointer), remedy);
                yield Optional.empty();
            }
        };
    }

    private Optional<RuleDocument.Parsed> inline(String pointer, JsonNode inline, RuleDocument read) {
        return parsed(read, refusal -> {
            var place = document.key(RulePlaces.find(pointer, inline, refusal));
            problems.add(place, Pointer.setting(pointer), refusal.toString(), "");
        });
    }

    /** The place is that of the file's name; where the file is wrong is a part of the problem. */
    private Optional<RuleDocument.Parsed> inFile(String pointer, RuleDocument read) {
        return parsed(read, refusal -> {
            var line = refusal.line() > 0 ? ", line " + refusal.line() : "";
            wrong(pointer, document.shown(pointer) + line + ": " + refusal, "");
        });
    }

    private static Optional<RuleDocument.Parsed> parsed(
            RuleDocument read, Consumer<io.tidelock.replicator.rule.document.Problem> refuse) {
        return switch (read) {
            case RuleDocument.Parsed found -> Optional.of(found);
            case RuleDocument.Refused(var refusals) -> {
                refusals.forEach(refuse);
                yield Optional.empty();
            }
        };
    }

    private void fit(Settings entry, Replication replication, List<ReplicationRule> rules) {
        var destinations = Pointer.child(entry.pointer(), "destinations");
        var named = new ArrayList<String>();
        for (var rule : rules) {
            var bucket = rule.destination().bucket();
            named.add(bucket);
            var place = replication.places().get(bucket);
            if (place == null) {
                wrong(
                        destinations,
                        "does not say which store holds the bucket \"" + bucket + "\" of the rule \"" + rule.id() + "\""
                                + Suggestion.question(
                                        bucket, replication.places().keySet()),
                        "add " + bucket + ": and the name of its store");
            } else {
                misfits(destinations, rule, site(place.store()));
            }
        }
        for (var bucket : replication.places().keySet()) {
            if (!named.contains(bucket)) {
                wrong(
                        Pointer.child(destinations, bucket),
                        "is the Destination.Bucket of no rule" + Suggestion.question(bucket, named),
                        "correct the name, or remove it");
            }
        }
        placed(entry, replication, "keyPrefixes");
        placed(entry, replication, "acls");
        placed(entry, replication, "encryptionContexts");
        placed(entry, replication, "ownerChecks");
        budgets(entry, replication, rules);
        refuseWhatRulesRefuse(entry, replication, rules);
    }

    /** Settings by bucket speak of destinations only. */
    private void placed(Settings entry, Replication replication, String setting) {
        var destinations = replication.places().keySet();
        for (var bucket : entry.named(setting, settings -> settings).keySet()) {
            if (!destinations.contains(bucket)) {
                wrong(
                        Pointer.child(Pointer.child(entry.pointer(), setting), bucket),
                        "is none of the destinations" + Suggestion.question(bucket, destinations),
                        "name a bucket of destinations");
            }
        }
    }

    private void budgets(Settings entry, Replication replication, List<ReplicationRule> rules) {
        var ids = rules.stream().map(ReplicationRule::id).toList();
        for (var id : replication.budgets().keySet()) {
            if (!ids.contains(id)) {
                wrong(
                        Pointer.child(Pointer.child(entry.pointer(), "budgets"), id),
                        "is the ID of no rule" + Suggestion.question(id, ids),
                        "correct the ID, or remove it");
            }
        }
    }

    private void misfits(String destinations, ReplicationRule rule, Site site) {
        for (var misfit : site.misfits(rule)) {
            var pointer = misfit.ofStore() ? Pointer.child("/stores", site.store()) : destinations;
            wrong(pointer, misfit.problem(), misfit.remedy());
        }
    }

    private void refuseWhatRulesRefuse(Settings entry, Replication replication, List<ReplicationRule> rules) {
        if (!problems.isEmpty()) {
            return;
        }
        try {
            replication.with(rules);
        } catch (IllegalArgumentException e) {
            wrong(entry.pointer(), String.valueOf(e.getMessage()), "name another bucket");
        }
    }

    private void overlaps(List<Replication> all) {
        var known = all.stream()
                .flatMap(replication -> replication.rules().map(replication::with).stream())
                .toList();
        try {
            var _ = new RuleBook(known);
        } catch (IllegalArgumentException e) {
            wrong("/replication", String.valueOf(e.getMessage()), "let each key of a destination have one source");
        }
    }

    private void wrong(String pointer, String problem, String remedy) {
        problems.add(document.value(pointer), Pointer.setting(pointer), problem, remedy);
    }
}
