package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.DeleteMarker;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.ObjectListing;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.StoredVersion;
import io.tidelock.sandbox.model.VersionIds;
import io.tidelock.sandbox.model.VersionListing;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** ListObjects, ListObjectsV2 and ListObjectVersions (API: ListObjects, ListObjectsV2, ListObjectVersions). */
final class ListingOperations {
    private static final int PAGE_MAX = 1000;

    Future<Void> objects(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:ListBucket");
        var text = Text.of(exchange);
        var marker = exchange.query("marker").orElse("");
        var query = query(exchange, marker);
        var page = bucket.list(query);
        var xml = XmlWriter.document("ListBucketResult")
                .element("Name", bucket.name())
                .element("Prefix", text.spell(query.prefix()))
                .element("Marker", text.spell(marker));
        // API: ListObjects: NextMarker is told only with a delimiter
        page.next()
                .filter(_ -> !query.delimiter().isEmpty())
                .ifPresent(next -> xml.element("NextMarker", text.spell(next)));
        common(xml, query.max(), query.delimiter(), text, page.next().isPresent());
        contents(xml, bucket, page.objects(), text, true);
        prefixes(xml, page.commonPrefixes(), text);
        return exchange.xml(xml.end());
    }

    Future<Void> objectsV2(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:ListBucket");
        if (!exchange.query("list-type").equals(Optional.of("2"))) {
            throw argument(
                    "list-type", exchange.query("list-type").orElse(""), "Invalid List Type specified in Request");
        }
        var text = Text.of(exchange);
        var token = exchange.query("continuation-token");
        var startAfter = exchange.query("start-after");
        var query = query(exchange, token.isPresent() ? decode(token.get()) : startAfter.orElse(""));
        var page = bucket.list(query);
        var xml = XmlWriter.document("ListBucketResult")
                .element("Name", bucket.name())
                .element("Prefix", text.spell(query.prefix()))
                .element("ContinuationToken", token)
                .element("NextContinuationToken", page.next().map(ListingOperations::encode))
                .element("StartAfter", startAfter.map(text::spell))
                .element(
                        "KeyCount",
                        page.objects().size() + page.commonPrefixes().size());
        common(xml, query.max(), query.delimiter(), text, page.next().isPresent());
        var owners = exchange.query("fetch-owner").filter("true"::equals).isPresent();
        contents(xml, bucket, page.objects(), text, owners);
        prefixes(xml, page.commonPrefixes(), text);
        return exchange.xml(xml.end());
    }

    Future<Void> versions(Exchange exchange) {
        var bucket = exchange.bucket();
        exchange.require(bucket, "s3:ListBucketVersions");
        var text = Text.of(exchange);
        var keyMarker = exchange.query("key-marker").orElse("");
        var versionIdMarker = exchange.query("version-id-marker").filter(id -> !id.isEmpty());
        if (versionIdMarker.isPresent() && keyMarker.isEmpty()) {
            throw argument(
                    "version-id-marker",
                    versionIdMarker.get(),
                    "A version-id marker cannot be specified without a key marker.");
        }
        versionIdMarker.filter(id -> !VersionIds.wellFormed(id)).ifPresent(id -> {
            throw argument("version-id-marker", id, "Invalid version id specified");
        });
        var query = new VersionListing.Query(
                exchange.query("prefix").orElse(""),
                exchange.query("delimiter").orElse(""),
                keyMarker,
                versionIdMarker,
                max(exchange, "max-keys"));
        var page = bucket.list(query);
        var xml = XmlWriter.document("ListVersionsResult")
                .element("Name", bucket.name())
                .element("Prefix", text.spell(query.prefix()))
                .element("KeyMarker", text.spell(keyMarker))
                .element("VersionIdMarker", versionIdMarker.orElse(""));
        page.next()
                .ifPresent(next -> xml.element("NextKeyMarker", text.spell(next.key()))
                        .element("NextVersionIdMarker", next.versionId()));
        common(xml, query.max(), query.delimiter(), text, page.next().isPresent());
        page.rows().forEach(row -> row(xml, bucket, row, text));
        prefixes(xml, page.commonPrefixes(), text);
        return exchange.xml(xml.end());
    }

    private static void row(XmlWriter xml, BucketState bucket, VersionListing.Row row, Text text) {
        var version = row.version();
        var name = version instanceof DeleteMarker ? "DeleteMarker" : "Version";
        xml.open(name)
                .element("Key", text.spell(version.key()))
                .element("VersionId", version.versionId())
                .element("IsLatest", row.latest())
                .element("LastModified", HttpDates.document(version.lastModified()));
        if (version instanceof StoredVersion stored) {
            stored(xml, stored);
        }
        owner(xml, bucket.ownerOf(version));
        xml.close(name);
    }

    private static void contents(
            XmlWriter xml, BucketState bucket, List<StoredVersion> objects, Text text, boolean owners) {
        for (var object : objects) {
            xml.open("Contents")
                    .element("Key", text.spell(object.key()))
                    .element("LastModified", HttpDates.document(object.lastModified()));
            stored(xml, object);
            if (owners) {
                owner(xml, bucket.ownerOf(object));
            }
            xml.close("Contents");
        }
    }

    private static void stored(XmlWriter xml, StoredVersion version) {
        xml.element("ETag", ETags.quoted(version.eTag()));
        version.checksum()
                .ifPresent(kept -> xml.element(
                                "ChecksumAlgorithm", kept.algorithm().name())
                        .element("ChecksumType", kept.type()));
        xml.element("Size", version.size())
                .element("StorageClass", version.attributes().storageClass());
    }

    static void owner(XmlWriter xml, String canonicalId) {
        xml.open("Owner").element("ID", canonicalId).close("Owner");
    }

    private static void common(XmlWriter xml, int max, String delimiter, Text text, boolean truncated) {
        xml.element("MaxKeys", max);
        if (!delimiter.isEmpty()) {
            xml.element("Delimiter", text.spell(delimiter));
        }
        if (text.encoded()) {
            xml.element("EncodingType", "url");
        }
        xml.element("IsTruncated", truncated);
    }

    private static void prefixes(XmlWriter xml, List<String> prefixes, Text text) {
        for (var prefix : prefixes) {
            xml.open("CommonPrefixes").element("Prefix", text.spell(prefix)).close("CommonPrefixes");
        }
    }

    private static ObjectListing.Query query(Exchange exchange, String after) {
        return new ObjectListing.Query(
                exchange.query("prefix").orElse(""),
                exchange.query("delimiter").orElse(""),
                after,
                max(exchange, "max-keys"));
    }

    /** A number of rows: any that is not negative, of which at most 1,000 count (API: ListObjectsV2, max-keys). */
    static int max(Exchange exchange, String parameter) {
        var text = exchange.query(parameter);
        if (text.isEmpty() || text.get().isEmpty()) {
            return PAGE_MAX;
        }
        try {
            var wanted = Integer.parseInt(text.get());
            if (wanted >= 0) {
                return Math.min(wanted, PAGE_MAX);
            }
        } catch (NumberFormatException _) {
            // refused below
        }
        throw argument(parameter, text.get(), "Provided " + parameter + " not an integer or within integer range");
    }

    private static Refusal argument(String name, String value, String message) {
        return new Refusal(ErrorCode.INVALID_ARGUMENT, message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    private static String encode(String next) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(next.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw argument("continuation-token", token, "The continuation token provided is incorrect");
        }
    }
}
