package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.store.Multipart.Kept;
import io.tidelock.replicator.store.ObjectStore;
import io.tidelock.replicator.store.ReplicaWrite;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out how versions were cut that can only be held to their parts, so that their copies are cut alike. Thread-safe. */
final class OwnCuts {
    private static final Pattern OF_PARTS = Pattern.compile(".+-[0-9]+");

    private final TransferSettings settings;
    private final OddETags odd = new OddETags();

    OwnCuts(TransferSettings settings) {
        this.settings = settings;
    }

    /** How the source was cut, and what a copy in the same parts is held to. */
    record OwnCut(PartPlan plan, PartsProof proof) {}

    /**
     * The cut of a version that was uploaded in parts and has no checksum that the copy can be held to as a whole: by the checksums of its parts, and where
     * they are not told by an ETag that is made of their MD5s. Only the same parts come to the same ones.
     */
    Optional<OwnCut> of(ObjectStore source, ObjectStore destination, ObjectHead head, ReplicaWrite write) {
        return isNeeded(head, write)
                ? byChecksums(source, destination, head, write).or(() -> byETag(source, head))
                : Optional.empty();
    }

    private boolean isNeeded(ObjectHead head, ReplicaWrite write) {
        if (write.checksum() != null) {
            return write.checksum().composite();
        }
        var judgedWhenRead = head.sizeBytes() < settings.multipartThresholdBytes()
                && WholeHash.of(head).isPresent();
        return !judgedWhenRead && OF_PARTS.matcher(head.eTag()).matches();
    }

    private Optional<OwnCut> byChecksums(
            ObjectStore source, ObjectStore destination, ObjectHead head, ReplicaWrite write) {
        if (!destination.capabilities().checksums()) {
            return Optional.empty();
        }
        var own = parts(source, head);
        if (write.checksum() == null
                && own.stream().anyMatch(part -> part.part().checksumBase64().isEmpty())) {
            return Optional.empty();
        }
        var sizes = own.stream().map(Kept::sizeBytes).toList();
        return PartPlan.like(sizes, head.sizeBytes(), settings.ownPartBytesMax())
                .map(plan ->
                        new OwnCut(plan, parts -> CompositeChecksum.require(head.checksum(), plan, parts, () -> own)));
    }

    private Optional<OwnCut> byETag(ObjectStore source, ObjectHead head) {
        var parts = CompositeETag.parts(head);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        var version = head.version();
        return Side.SOURCE
                .call(() -> source.partOf(version, 1))
                .filter(first -> first.parts() == parts.getAsInt())
                .flatMap(first ->
                        PartPlan.like(first.sizeBytes(), first.parts(), head.sizeBytes(), settings.ownPartBytesMax()))
                .map(plan -> new OwnCut(
                        plan,
                        new CompositeETag(
                                head,
                                plan,
                                number -> source.partOf(version, number),
                                actual -> !source.capabilities().compositeETags() && odd.excuses(version, actual))));
    }

    /** As the source was uploaded, with checksums of the kind that the copy's parts get. */
    static List<Kept> parts(ObjectStore source, ObjectHead head) {
        var checksum = head.checksum();
        var algorithm = checksum == null ? "CRC32" : checksum.algorithm();
        return Side.SOURCE.call(() -> source.partsOf(head.version(), algorithm));
    }
}
