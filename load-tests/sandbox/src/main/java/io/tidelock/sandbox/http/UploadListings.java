package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.KeyOrder;
import io.tidelock.sandbox.model.Part;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.UploadView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ListParts and ListMultipartUploads (API: ListParts, ListMultipartUploads). */
final class UploadListings {
    Future<Void> parts(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:ListMultipartUploadParts", exchange.key(), Optional.empty());
        var upload = bucket.upload(exchange.key(), exchange.query("uploadId").orElseThrow());
        var max = ListingOperations.max(exchange, "max-parts");
        var after = exchange.query("part-number-marker")
                .filter(text -> !text.isEmpty())
                .map(UploadListings::marker)
                .orElse(0);
        var left = upload.parts().stream().filter(part -> part.number() > after).toList();
        var shown = left.subList(0, Math.min(max, left.size()));
        var xml = XmlWriter.document("ListPartsResult")
                .element("Bucket", bucket.name())
                .element("Key", exchange.key())
                .element("UploadId", upload.id());
        people(xml, upload);
        upload.plan()
                .checksum()
                .ifPresent(algorithm -> xml.element("ChecksumAlgorithm", algorithm.name())
                        .element("ChecksumType", upload.plan().composite() ? "COMPOSITE" : "FULL_OBJECT"));
        xml.element("PartNumberMarker", after)
                .element(
                        "NextPartNumberMarker",
                        shown.isEmpty() ? 0 : shown.getLast().number())
                .element("MaxParts", max)
                .element("IsTruncated", shown.size() < left.size());
        shown.forEach(part -> part(xml, part));
        return exchange.xml(xml.end());
    }

    private static int marker(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT)
                    .with("ArgumentName", "part-number-marker")
                    .with("ArgumentValue", text);
        }
    }

    private static void part(XmlWriter xml, Part part) {
        xml.open("Part")
                .element("PartNumber", part.number())
                .element("LastModified", HttpDates.document(part.lastModified()))
                .element("ETag", ETags.quoted(part.eTag()))
                .element("Size", part.size());
        part.checksum().ifPresent(kept -> xml.element(kept.algorithm().element(), kept.value()));
        xml.close("Part");
    }

    private static void people(XmlWriter xml, UploadView upload) {
        var owner = upload.initiator().canonicalId();
        xml.open("Initiator").element("ID", owner).close("Initiator");
        ListingOperations.owner(xml, owner);
        xml.element("StorageClass", upload.plan().attributes().storageClass());
    }

    Future<Void> uploads(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:ListBucketMultipartUploads");
        return exchange.xml(document(exchange, bucket));
    }

    private static String document(Exchange exchange, BucketState bucket) {
        var text = Text.of(exchange);
        var prefix = exchange.query("prefix").orElse("");
        var delimiter = exchange.query("delimiter").orElse("");
        var keyMarker = exchange.query("key-marker").orElse("");
        var idMarker =
                keyMarker.isEmpty() ? "" : exchange.query("upload-id-marker").orElse("");
        var max = ListingOperations.max(exchange, "max-uploads");
        var page = page(after(bucket.uploads(), keyMarker, idMarker), prefix, delimiter, max);
        var xml = XmlWriter.document("ListMultipartUploadsResult")
                .element("Bucket", bucket.name())
                .element("KeyMarker", text.spell(keyMarker))
                .element("UploadIdMarker", idMarker);
        page.next()
                .ifPresent(next ->
                        xml.element("NextKeyMarker", text.spell(next.key())).element("NextUploadIdMarker", next.id()));
        xml.element("Prefix", text.spell(prefix));
        if (!delimiter.isEmpty()) {
            xml.element("Delimiter", text.spell(delimiter));
        }
        if (text.encoded()) {
            xml.element("EncodingType", "url");
        }
        xml.element("MaxUploads", max).element("IsTruncated", page.next().isPresent());
        page.uploads().forEach(upload -> upload(xml, upload, text));
        for (var group : page.groups()) {
            xml.open("CommonPrefixes").element("Prefix", text.spell(group)).close("CommonPrefixes");
        }
        return xml.end();
    }

    /**
     * A page of uploads.
     *
     * @param uploads the uploads
     * @param groups common prefixes
     * @param next the last one that this page counts, when more follow
     */
    private record Page(List<UploadView> uploads, Set<String> groups, Optional<UploadView> next) {}

    private static Page page(List<UploadView> uploads, String prefix, String delimiter, int max) {
        var shown = new ArrayList<UploadView>();
        var groups = new LinkedHashSet<String>();
        Optional<UploadView> last = Optional.empty();
        for (var upload : uploads) {
            if (!upload.key().startsWith(prefix)) {
                continue;
            }
            var end = delimiter.isEmpty() ? -1 : upload.key().indexOf(delimiter, prefix.length());
            var group = end < 0 ? "" : upload.key().substring(0, end + delimiter.length());
            var known = end >= 0 && groups.contains(group);
            if (!known && shown.size() + groups.size() >= max) {
                return new Page(shown, groups, last);
            }
            if (end < 0) {
                shown.add(upload);
            } else {
                groups.add(group);
            }
            last = Optional.of(upload);
        }
        return new Page(shown, groups, Optional.empty());
    }

    /** What comes after the markers: later keys, and of the marked key what follows the marked upload. */
    private static List<UploadView> after(List<UploadView> uploads, String keyMarker, String idMarker) {
        if (keyMarker.isEmpty()) {
            return uploads;
        }
        for (var i = 0; i < uploads.size(); i++) {
            if (uploads.get(i).key().equals(keyMarker) && uploads.get(i).id().equals(idMarker)) {
                return uploads.subList(i + 1, uploads.size());
            }
        }
        return uploads.stream()
                .filter(upload -> KeyOrder.UTF8.compare(upload.key(), keyMarker) > 0)
                .toList();
    }

    private static void upload(XmlWriter xml, UploadView upload, Text text) {
        xml.open("Upload").element("Key", text.spell(upload.key())).element("UploadId", upload.id());
        people(xml, upload);
        xml.element("Initiated", HttpDates.document(upload.initiated())).close("Upload");
    }
}
