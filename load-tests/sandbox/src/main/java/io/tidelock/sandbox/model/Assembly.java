package io.tidelock.sandbox.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts parts together as CompleteMultipartUpload names them, by S3's rules (UG: Multipart upload limits; API: CompleteMultipartUpload). */
final class Assembly {
    private static final long PART_BYTES_MIN = 5L << 20;

    private final Upload upload;

    Assembly(Upload upload) {
        this.upload = upload;
    }

    /** The parts that were named, each of which must be there as it is named. */
    List<Part> parts(List<CompletedPart> named) {
        var parts = new ArrayList<Part>(named.size());
        var last = 0;
        for (var wanted : named) {
            if (wanted.number() <= last) {
                throw new Refusal(ErrorCode.INVALID_PART_ORDER).with("UploadId", upload.id);
            }
            last = wanted.number();
            parts.add(part(wanted));
        }
        for (var part : parts.subList(0, parts.size() - 1)) {
            if (part.size() < PART_BYTES_MIN) {
                throw new Refusal(ErrorCode.ENTITY_TOO_SMALL)
                        .with("ProposedSize", Long.toString(part.size()))
                        .with("MinSizeAllowed", Long.toString(PART_BYTES_MIN))
                        .with("PartNumber", Integer.toString(part.number()))
                        .with("ETag", part.eTag());
            }
        }
        return parts;
    }

    private Part part(CompletedPart wanted) {
        var part = upload.parts.get(wanted.number());
        if (part == null || !part.eTag().equals(wanted.eTag())) {
            throw invalidPart(wanted);
        }
        if (upload.plan.checksum().isPresent()
                && upload.plan.composite()
                && wanted.checksum().isEmpty()) {
            throw new Refusal(
                    ErrorCode.INVALID_REQUEST,
                    "The upload was created using a "
                            + upload.plan.checksum().get().name().toLowerCase(Locale.ROOT)
                            + " checksum. The complete request must include the checksum for each part. It was missing for part "
                            + wanted.number() + " in the request.");
        }
        var given = wanted.checksum();
        var kept = part.checksum();
        if (given.isPresent()
                && kept.isPresent()
                && kept.get().algorithm() == given.get().algorithm()
                && !kept.get().value().equals(given.get().value())) {
            throw invalidPart(wanted);
        }
        return part;
    }

    private Refusal invalidPart(CompletedPart wanted) {
        return new Refusal(ErrorCode.INVALID_PART)
                .with("UploadId", upload.id)
                .with("PartNumber", Integer.toString(wanted.number()))
                .with("ETag", wanted.eTag());
    }

    /** The MD5 of the parts' binary ETags, and how many they are (UG: Checking object integrity, using part-level checksums). */
    static String eTag(List<Part> parts) {
        var md5 = Checksums.md5();
        for (var part : parts) {
            md5.update(ByteBuffer.wrap(HexFormat.of().parseHex(part.eTag())));
        }
        return md5.hex() + "-" + parts.size();
    }

    /** The checksum of the whole from those of the parts, where the upload has an algorithm. */
    Optional<Checksum> checksum(List<Part> parts) {
        return upload.plan
                .checksum()
                .map(algorithm -> upload.plan.composite() ? composite(algorithm, parts) : fullObject(algorithm, parts));
    }

    private static Checksum composite(ChecksumAlgorithm algorithm, List<Part> parts) {
        var joined = Checksums.start(algorithm);
        for (var part : parts) {
            joined.update(ByteBuffer.wrap(Base64.getDecoder().decode(valueOf(part))));
        }
        return new Checksum(algorithm, joined.base64() + "-" + parts.size(), true);
    }

    private static Checksum fullObject(ChecksumAlgorithm algorithm, List<Part> parts) {
        var combination = new CrcCombination(algorithm);
        var value = valueOf(parts.getFirst());
        for (var part : parts.subList(1, parts.size())) {
            value = combination.combine(value, valueOf(part), part.size());
        }
        return new Checksum(algorithm, value, false);
    }

    private static String valueOf(Part part) {
        return part.checksum().orElseThrow().value();
    }
}
