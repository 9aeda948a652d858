package io.tidelock.replicator.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.Sequencer;
import io.tidelock.domain.VersionId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mark as text: form, kind, store, bucket, version, sequencer, time, ETag and key id, each percent-encoded. The letter of the kind is a capital where tags and
 * grants come after the replica.
 */
final class MarkText {
    static final String SEPARATOR = ";";

    private static final String FORM = "1";
    private static final int FIELDS = 9;

    private MarkText() {}

    /**
     * A mark that was read and not yet verified.
     *
     * @param keyId the key that it claims to be signed with
     */
    record Claim(OriginMark mark, String keyId) {}

    static String write(OriginMark mark, String keyId) {
        return Stream.of(
                        FORM,
                        letter(mark.kind(), mark.followed()),
                        mark.source().store(),
                        mark.source().name(),
                        mark.version().value(),
                        orEmpty(
                                mark.sequencer() == null
                                        ? null
                                        : mark.sequencer().hex()),
                        Long.toString(mark.lastModified().toEpochMilli(), Character.MAX_RADIX),
                        orEmpty(mark.eTag()),
                        keyId)
                .map(field -> URLEncoder.encode(field, UTF_8))
                .collect(Collectors.joining(SEPARATOR));
    }

    static Optional<Claim> read(String text) {
        try {
            var fields = Stream.of(text.split(SEPARATOR, -1))
                    .map(field -> URLDecoder.decode(field, UTF_8))
                    .toList();
            return fields.size() == FIELDS && fields.getFirst().equals(FORM) ? claim(fields) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException notAMark) {
            return Optional.empty();
        }
    }

    private static Optional<Claim> claim(List<String> fields) {
        for (var kind : OriginMark.Kind.values()) {
            var followed = fields.get(1).equals(letter(kind, true));
            if (followed || fields.get(1).equals(letter(kind, false))) {
                var sequencer = orNull(fields.get(5));
                var mark = new OriginMark(
                        new Bucket(fields.get(2), fields.get(3)),
                        new VersionId(fields.get(4)),
                        sequencer == null ? null : new Sequencer(sequencer),
                        Instant.ofEpochMilli(Long.parseLong(fields.get(6), Character.MAX_RADIX)),
                        orNull(fields.get(7)),
                        kind,
                        followed);
                return Optional.of(new Claim(mark, fields.get(8)));
            }
        }
        return Optional.empty();
    }

    private static String letter(OriginMark.Kind kind, boolean followed) {
        return String.valueOf(followed ? Character.toUpperCase(kind.letter()) : kind.letter());
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
