package io.tidelock.replicator.plan;

import io.tidelock.domain.ObjectHead;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack.DataVersion;
import io.tidelock.domain.VersionStack.Layer;
import io.tidelock.replicator.mark.OriginMark.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which of two concurrent entries of two buckets wins: the later one, ties by version id. Ids know nothing of the order in which one side made
 * its entries of a second: were each compared by its own, A could lie above B on one side and yet lose to C of the other, which loses to B. So
 * an entry is as strong as the strongest version that its side made in that second up to it.
 */
final class Rivals {
    private static final String NOTHING = "";

    private final Marks marks;

    Rivals(Marks marks) {
        this.marks = marks;
    }

    /** Whether an entry that the destination made comes after one that the source made. */
    boolean isLater(Facts facts, Birth destination, Birth source) {
        if (!destination.time().equals(source.time())) {
            return destination.time().isAfter(source.time());
        }
        var theirs = strength(facts.get(new Question.DestinationStack()).layers(), destination, facts::atDestination);
        var ours = strength(facts.get(new Question.SourceStack()).layers(), source, facts::atSource);
        return theirs.compareTo(ours) > 0;
    }

    /** The greatest id among the versions of the entry's second up to it; a marker above none of them is the weakest of all. */
    private String strength(List<Layer> layers, Birth entry, Function<VersionId, Optional<ObjectHead>> look) {
        var strongest = NOTHING;
        for (var i = layers.size() - 1; i >= 0; i--) {
            var layer = layers.get(i);
            if (layer instanceof DataVersion data
                    && Birth.of(layer).time().equals(entry.time())
                    && data.id().value().compareTo(strongest) > 0
                    && isBornThere(data, layers.subList(i + 1, layers.size()), look)) {
                strongest = data.id().value();
            }
            if (layer.id().equals(entry.id())) {
                break;
            }
        }
        return strongest;
    }

    /** Of one mark in a stack only the first version is Tidelock's: what a person copied was born there. */
    private boolean isBornThere(DataVersion data, List<Layer> below, Function<VersionId, Optional<ObjectHead>> look) {
        return look.apply(data.id())
                .filter(version -> {
                    var origin = marks.originOf(version);
                    return origin == null || (origin.kind() != Kind.PUT_BACK && hasMarkOfEarlier(version, below, look));
                })
                .isPresent();
    }

    private static boolean hasMarkOfEarlier(
            ObjectHead version, List<Layer> below, Function<VersionId, Optional<ObjectHead>> look) {
        return below.stream()
                .filter(layer -> layer instanceof DataVersion data && data.sizeBytes() == version.sizeBytes())
                .map(layer -> look.apply(layer.id()))
                .flatMap(Optional::stream)
                .anyMatch(earlier -> Marks.haveSameMark(earlier, version));
    }
}
