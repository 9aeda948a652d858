package io.tidelock.scenarios.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Lists all versions and markers of a bucket by key, oldest first.
 *
 * <p>The SDK gives versions and markers of a page as two lists and so loses how they interleave; keys that have both are listed again
 * with one entry a page, which keeps the order.
 */
final class VersionLister {
    private final S3Client client;
    private final String bucket;

    VersionLister(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** An entry of a listing. */
    record Listed(String key, String versionId, boolean marker, String owner, String storageClass) {}

    Map<String, List<Listed>> list() {
        var byKey = new TreeMap<String, List<Listed>>();
        var withMarkers = new HashSet<String>();
        for (var page : client.listObjectVersionsPaginator(request -> request.bucket(bucket))) {
            page.versions()
                    .forEach(version -> byKey.computeIfAbsent(version.key(), _ -> new ArrayList<>())
                            .add(listed(version)));
            page.deleteMarkers().forEach(marker -> {
                withMarkers.add(marker.key());
                byKey.computeIfAbsent(marker.key(), _ -> new ArrayList<>()).add(listed(marker));
            });
        }
        byKey.replaceAll((key, newestFirst) -> inOrder(key, newestFirst, withMarkers));
        return byKey;
    }

    private List<Listed> inOrder(String key, List<Listed> newestFirst, Set<String> withMarkers) {
        var ordered = withMarkers.contains(key) && newestFirst.size() > 1 ? oneByOne(key) : newestFirst;
        return List.copyOf(ordered.reversed());
    }

    private List<Listed> oneByOne(String key) {
        var found = new ArrayList<Listed>();
        var request = ListObjectVersionsRequest.builder()
                .bucket(bucket)
                .prefix(key)
                .maxKeys(1)
                .build();
        while (true) {
            var page = client.listObjectVersions(request);
            var entry = only(page);
            if (!entry.key().equals(key)) {
                return found;
            }
            found.add(entry);
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return found;
            }
            request = request.toBuilder()
                    .keyMarker(page.nextKeyMarker())
                    .versionIdMarker(page.nextVersionIdMarker())
                    .build();
        }
    }

    private static Listed only(ListObjectVersionsResponse page) {
        if (page.versions().size() + page.deleteMarkers().size() != 1) {
            throw new IllegalStateException(
                    "a page of one entry held " + page.versions().size() + " versions and "
                            + page.deleteMarkers().size() + " markers");
        }
        return page.hasVersions() && !page.versions().isEmpty()
                ? listed(page.versions().getFirst())
                : listed(page.deleteMarkers().getFirst());
    }

    private static Listed listed(ObjectVersion version) {
        return new Listed(
                version.key(), version.versionId(), false, version.owner().id(), version.storageClassAsString());
    }

    private static Listed listed(DeleteMarkerEntry marker) {
        return new Listed(marker.key(), marker.versionId(), true, marker.owner().id(), "STANDARD");
    }
}
