package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Part;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** GetObjectAttributes (API: GetObjectAttributes). */
final class AttributeOperations {
    private static final Set<String> KNOWN = Set.of("ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize");

    Future<Void> get(Exchange exchange) {
        var wanted = wanted(exchange);
        var bucket = exchange.bucket();
        var version = ObjectLookup.toLookAt(exchange, bucket, "s3:GetObject");
        exchange.require(
                bucket,
                ObjectLookup.ofVersion("s3:GetObjectAttributes", exchange.versionId()),
                exchange.key(),
                Optional.of(version));
        CustomerKey.requireToRead(
                exchange, CustomerKey.OWN, version.attributes().encryption());
        if (Preconditions.judge(exchange, "", version) != Preconditions.Outcome.HOLDS) {
            throw new Refusal(ErrorCode.PRECONDITION_FAILED);
        }
        var xml = XmlWriter.document("GetObjectAttributesResponse");
        if (wanted.contains("ETag")) {
            xml.element("ETag", version.eTag());
        }
        if (wanted.contains("Checksum")) {
            version.checksum()
                    .ifPresent(kept -> xml.open("Checksum")
                            .element(kept.algorithm().element(), kept.value())
                            .element("ChecksumType", kept.type())
                            .close("Checksum"));
        }
        if (wanted.contains("ObjectParts") && !version.parts().isEmpty()) {
            parts(exchange, version, xml);
        }
        if (wanted.contains("StorageClass")) {
            xml.element("StorageClass", version.attributes().storageClass());
        }
        if (wanted.contains("ObjectSize")) {
            xml.element("ObjectSize", version.size());
        }
        ObjectLookup.putVersionId(exchange, bucket, version);
        exchange.response().putHeader("Last-Modified", HttpDates.header(version.lastModified()));
        return exchange.xml(xml.end());
    }

    private static Set<String> wanted(Exchange exchange) {
        var wanted = exchange.head().headers().all("x-amz-object-attributes").stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
        if (wanted.isEmpty() || !KNOWN.containsAll(wanted)) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "Invalid attribute name specified.")
                    .with("ArgumentName", "x-amz-object-attributes")
                    .with("ArgumentValue", String.join(",", wanted));
        }
        return wanted;
    }

    /** The parts one by one only where they have checksums (API: GetObjectAttributes, ObjectParts). */
    private static void parts(Exchange exchange, StoredVersion version, XmlWriter xml) {
        var max = exchange.header("x-amz-max-parts")
                .map(PartNumbers::parse)
                .map(n -> Math.min(n, 1000))
                .orElse(1000);
        var after = exchange.header("x-amz-part-number-marker")
                .map(PartNumbers::parse)
                .orElse(0);
        var left = version.parts().stream()
                .filter(part -> part.checksum().isPresent() && part.number() > after)
                .toList();
        var shown = left.subList(0, Math.min(max, left.size()));
        xml.open("ObjectParts").element("PartsCount", version.parts().size());
        if (!shown.isEmpty()) {
            xml.element("PartNumberMarker", after)
                    .element("NextPartNumberMarker", shown.getLast().number())
                    .element("MaxParts", max)
                    .element("IsTruncated", shown.size() < left.size());
        }
        shown.forEach(part -> part(xml, part));
        xml.close("ObjectParts");
    }

    private static void part(XmlWriter xml, Part part) {
        xml.open("Part").element("PartNumber", part.number()).element("Size", part.size());
        part.checksum().ifPresent(kept -> xml.element(kept.algorithm().element(), kept.value()));
        xml.close("Part");
    }
}
