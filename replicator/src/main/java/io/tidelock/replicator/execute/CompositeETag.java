package io.tidelock.replicator.execute;

import io.tidelock.domain.ObjectHead;
import io.tidelock.replicator.checksum.RunningHash;
import io.tidelock.replicator.store.Multipart.Part;
import io.tidelock.replicator.store.Multipart.Told;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Holds the parts of a copy to an ETag that is made of the MD5s of the source's parts: the MD5 of all of them in a row, and how many they are (UG: Checking object
 * integrity, using part-level checksums). A source whose parts turn out to be cut otherwise shows nothing. Thread-safe.
 */
final class CompositeETag implements PartsProof {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}-([1-9][0-9]{0,4})");
    private static final int MD5_BYTES = 16;

    private final ObjectHead head;
    private final PartPlan plan;
    private final IntFunction<Optional<Told>> source;
    private final Predicate<String> excused;
    private final byte[] md5s;
    private final SortedSet<Integer> takenOver = new TreeSet<>();
    private boolean otherETags;

    /**
     * For one try of one copy.
     *
     * @param plan the cut of the source, if all its parts but the last are as long as the first
     * @param source asks for one of the source's own parts, by its number
     * @param excused whether an ETag that does not come out proves nothing against the parts, which all were read now and hash to that
     */
    CompositeETag(ObjectHead head, PartPlan plan, IntFunction<Optional<Told>> source, Predicate<String> excused) {
        this.head = head;
        this.plan = plan;
        this.source = source;
        this.excused = excused;
        this.md5s = new byte[plan.parts() * MD5_BYTES];
    }

    /** Of how many parts' MD5s the ETag is made; empty where it is made otherwise, as under keys of KMS or the caller. */
    static OptionalInt parts(ObjectHead head) {
        var form = FORM.matcher(head.eTag());
        return form.matches() && CheckedBody.leavesMd5s(head.encryption())
                ? OptionalInt.of(Integer.parseInt(form.group(1)))
                : OptionalInt.empty();
    }

    @Override
    public InputStream reading(InputStream body, int number, long lengthBytes) {
        return CheckedBody.ofPart(body, lengthBytes, RunningHash.md5(), md5 -> hashed(number, md5));
    }

    private synchronized void hashed(int number, byte[] md5) {
        System.arraycopy(md5, 0, md5s, (number - 1) * MD5_BYTES, MD5_BYTES);
    }

    /** What was read for an earlier part is gone: it is judged by its ETag, an MD5 unless the bucket encrypts with a key of KMS by default. */
    @Override
    public synchronized boolean takesOver(Part earlier) {
        if (!CheckedBody.isMd5(earlier.eTag())) {
            return false;
        }
        hashed(earlier.number(), HexFormat.of().parseHex(earlier.eTag()));
        takenOver.add(earlier.number());
        return true;
    }

    @Override
    public synchronized void sent(Part part) {
        var from = (part.number() - 1) * MD5_BYTES;
        var md5 = HexFormat.of().formatHex(Arrays.copyOfRange(md5s, from, from + MD5_BYTES));
        otherETags |= !md5.equals(part.eTag());
    }

    @Override
    public synchronized List<Integer> doubtful() {
        if (!otherETags) {
            return List.of();
        }
        var all = List.copyOf(takenOver);
        takenOver.clear();
        return all;
    }

    /** Parts that were taken over are never excused: sent anew all of them are judged by what was read. */
    @Override
    public void require(List<Part> parts) {
        var actual = composite();
        if (actual.equals(head.eTag()) || !isCutAsPlanned() || (isReadWhole() && excused.test(actual))) {
            return;
        }
        var detail = "the parts hash to " + actual + ", the ETag is " + head.eTag();
        throw new SidedException(
                Side.SOURCE, new StoreException(StoreFailure.CHECKSUM_MISMATCH, "GetObject", detail, null));
    }

    private synchronized String composite() {
        var ofAll = RunningHash.md5();
        ofAll.update(md5s, 0, md5s.length);
        return HexFormat.of().formatHex(ofAll.value()) + "-" + plan.parts();
    }

    private synchronized boolean isReadWhole() {
        return takenOver.isEmpty();
    }

    /** The first part is what the plan was made of, and the last is what is left. */
    private boolean isCutAsPlanned() {
        for (var number = 2; number < plan.parts(); number++) {
            var part = number;
            var told = Side.SOURCE.call(() -> source.apply(part));
            if (told.isEmpty() || told.get().sizeBytes() != plan.partBytes()) {
                return false;
            }
        }
        return true;
    }
}
