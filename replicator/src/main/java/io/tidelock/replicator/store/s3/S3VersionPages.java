package io.tidelock.replicator.store.s3;

import io.tidelock.domain.Bucket;
import io.tidelock.replicator.budget.Budget;
import io.tidelock.replicator.store.VersionPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** Lists a store that speaks S3. Thread-safe. */
public final class S3VersionPages implements VersionPages {
    private final S3Clients clients;
    private final Vendor vendor;

    /** Opens a listing; no request is sent yet. */
    public S3VersionPages(S3Settings settings) {
        this(settings, new S3Clients(settings));
    }

    /**
     * Opens a listing; no request is sent yet.
     *
     * @param budget what the store may cost, shared with all else in this process that asks it
     */
    public S3VersionPages(S3Settings settings, Budget budget) {
        this(settings, new S3Clients(settings, budget));
    }

    private S3VersionPages(S3Settings settings, S3Clients clients) {
        this.clients = clients;
        vendor = settings.vendor();
    }

    @Override
    public Page page(Bucket bucket, String prefix, @Nullable Cursor after) {
        return S3ObjectStore.call("ListObjectVersions", () -> {
            var raw = new RawAnswer();
            var answer = clients.s3()
                    .listObjectVersions(request -> request.bucket(bucket.name())
                            .prefix(prefix)
                            .keyMarker(after == null ? null : after.key())
                            .versionIdMarker(after == null ? null : after.versionId())
                            .encodingType(VersionListing.encoding(vendor))
                            .overrideConfiguration(
                                    override -> override.putExecutionAttribute(RawAnswer.ATTRIBUTE, raw)));
            if (Boolean.TRUE.equals(answer.isTruncated())) {
                VersionListing.requireProgress(
                        answer, after == null ? null : after.key(), after == null ? null : after.versionId());
            }
            return page(answer, raw);
        });
    }

    private static Page page(ListObjectVersionsResponse answer, RawAnswer raw) {
        var versions = answer.versions().iterator();
        var markers = answer.deleteMarkers().iterator();
        var entries = new ArrayList<Entry>();
        for (boolean isMarker : order(raw)) {
            if (isMarker) {
                var marker = markers.next();
                entries.add(new Entry(marker.key(), VersionListing.layer(marker)));
            } else {
                var version = versions.next();
                entries.add(new Entry(version.key(), VersionListing.layer(version)));
            }
        }
        return new Page(
                entries,
                Boolean.TRUE.equals(answer.isTruncated())
                        ? Optional.of(new Cursor(answer.nextKeyMarker(), answer.nextVersionIdMarker()))
                        : Optional.empty());
    }

    private static List<Boolean> order(RawAnswer raw) {
        try {
            return ListingOrder.markers(raw.xml());
        } catch (XMLStreamException e) {
            throw SdkClientException.create("the listing is not XML: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        clients.close();
    }
}
