package io.tidelock.replicator.store.s3;

import io.tidelock.domain.ObjectKey;
import io.tidelock.domain.VersionId;
import io.tidelock.domain.VersionStack;
import io.tidelock.replicator.store.StoreException;
import io.tidelock.replicator.store.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** The stack of one key, read page by page until the key is passed. */
final class VersionListing {
    private final S3Client s3;
    private final Vendor vendor;

    VersionListing(S3Client s3, Vendor vendor) {
        this.s3 = s3;
        this.vendor = vendor;
    }

    VersionStack stack(ObjectKey object) {
        var layers = new ArrayList<VersionStack.Layer>();
        @Nullable String keyMarker = null;
        @Nullable String versionMarker = null;
        while (true) {
            var raw = new RawAnswer();
            var page = s3.listObjectVersions(request(object, keyMarker, versionMarker, raw));
            var passed = collect(object.key(), page, order(raw), layers);
            if (layers.size() > VersionStack.LAYERS_MAX) {
                throw new StoreException(
                        StoreFailure.TOO_MANY_VERSIONS,
                        "ListObjectVersions",
                        "the key has more than " + VersionStack.LAYERS_MAX + " versions and markers",
                        null);
            }
            if (passed || !Boolean.TRUE.equals(page.isTruncated())) {
                return new VersionStack(object, layers);
            }
            requireProgress(page, keyMarker, versionMarker);
            keyMarker = page.nextKeyMarker();
            versionMarker = page.nextVersionIdMarker();
        }
    }

    /** Without it, a server that does not know where its next page begins would be asked for ever. */
    static void requireProgress(
            ListObjectVersionsResponse page, @Nullable String keyMarker, @Nullable String versionMarker) {
        var next = page.nextKeyMarker();
        if (next == null || (next.equals(keyMarker) && Objects.equals(page.nextVersionIdMarker(), versionMarker))) {
            throw SdkClientException.create("a truncated listing does not say where it goes on: NextKeyMarker " + next
                    + ", NextVersionIdMarker " + page.nextVersionIdMarker());
        }
    }

    private ListObjectVersionsRequest request(
            ObjectKey object, @Nullable String keyMarker, @Nullable String versionMarker, RawAnswer raw) {
        return ListObjectVersionsRequest.builder()
                .bucket(object.bucket().name())
                .prefix(object.key())
                .keyMarker(keyMarker)
                .versionIdMarker(versionMarker)
                .encodingType(encoding(vendor))
                .overrideConfiguration(override -> override.putExecutionAttribute(RawAnswer.ATTRIBUTE, raw))
                .build();
    }

    static @Nullable EncodingType encoding(Vendor vendor) {
        return vendor.encodesListings() ? EncodingType.URL : null;
    }

    private static List<Boolean> order(RawAnswer raw) {
        try {
            return ListingOrder.markers(raw.xml());
        } catch (XMLStreamException e) {
            throw SdkClientException.create("the listing is not XML: " + e.getMessage(), e);
        }
    }

    /** Adds what belongs to the key; tells whether the page has gone past it. Keys come in order, the key itself first. */
    private static boolean collect(
            String key, ListObjectVersionsResponse page, List<Boolean> order, List<VersionStack.Layer> into) {
        var versions = page.versions().iterator();
        var markers = page.deleteMarkers().iterator();
        for (boolean isMarker : order) {
            if (isMarker) {
                var marker = markers.next();
                if (!marker.key().equals(key)) {
                    return true;
                }
                into.add(layer(marker));
            } else {
                var version = versions.next();
                if (!version.key().equals(key)) {
                    return true;
                }
                into.add(layer(version));
            }
        }
        return false;
    }

    static VersionStack.Layer layer(DeleteMarkerEntry marker) {
        return new VersionStack.Marker(VersionId.of(marker.versionId()), time(marker.lastModified()));
    }

    static VersionStack.Layer layer(ObjectVersion version) {
        var storageClass = version.storageClassAsString();
        return new VersionStack.DataVersion(
                VersionId.of(version.versionId()),
                time(version.lastModified()),
                Heads.unquoted(version.eTag()),
                version.size() == null ? 0 : version.size(),
                storageClass == null ? "STANDARD" : storageClass);
    }

    private static Instant time(@Nullable Instant lastModified) {
        return lastModified == null ? Instant.EPOCH : lastModified;
    }
}
