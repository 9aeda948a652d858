package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.domain.ObjectKey;
import io.tidelock.replicator.store.Multipart;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;

/** What a store lists of uploads under way, page by page. */
final class UploadListings {
    private UploadListings() {}

    /** @param algorithm of the parts' checksums */
    static List<Multipart.Kept> parts(S3Client s3, ListPartsRequest request, String algorithm) {
        var parts = new ArrayList<Multipart.Kept>();
        @Nullable Integer after = null;
        while (true) {
            var asked = request.toBuilder().partNumberMarker(after).build();
            var page = S3ObjectStore.call("ListParts", () -> s3.listParts(asked));
            for (var part : page.parts()) {
                var checksum = PartChecksums.of(algorithm, part);
                parts.add(new Multipart.Kept(
                        new Multipart.Part(part.partNumber(), Heads.unquoted(part.eTag()), checksum),
                        part.size() == null ? 0 : part.size()));
            }
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return parts;
            }
            if (!goesOn(after, page.nextPartNumberMarker())) {
                throw endless("ListParts");
            }
            after = page.nextPartNumberMarker();
        }
    }

    /** Whether a truncated page says where it goes on; part numbers ascend, and who does not know would be asked for ever. */
    static boolean goesOn(@Nullable Integer after, @Nullable Integer next) {
        return next != null && (after == null || next > after);
    }

    private static StoreException endless(String operation) {
        return new StoreException(
                StoreFailure.UNAVAILABLE, operation, "a truncated listing does not say where it goes on", null);
    }

    static void uploads(S3Client s3, Vendor vendor, Bucket bucket, Consumer<Multipart.Open> each) {
        @Nullable String afterKey = null;
        @Nullable String afterId = null;
        while (true) {
            var key = afterKey;
            var id = afterId;
            var page = S3ObjectStore.call(
                    "ListMultipartUploads",
                    () -> s3.listMultipartUploads(request -> request.bucket(bucket.name())
                            .encodingType(VersionListing.encoding(vendor))
                            .keyMarker(key)
                            .uploadIdMarker(id)));
            page.uploads()
                    .forEach(upload -> each.accept(new Multipart.Open(
                            new ObjectKey(bucket, upload.key()),
                            upload.uploadId(),
                            Optional.ofNullable(upload.initiated()).orElse(Instant.EPOCH))));
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return;
            }
            if (page.nextKeyMarker() == null
                    || (page.nextKeyMarker().equals(key) && Objects.equals(page.nextUploadIdMarker(), id))) {
                throw endless("ListMultipartUploads");
            }
            afterKey = page.nextKeyMarker();
            afterId = page.nextUploadIdMarker();
        }
    }
}
