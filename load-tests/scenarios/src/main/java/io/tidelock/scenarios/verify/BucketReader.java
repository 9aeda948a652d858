package io.tidelock.scenarios.verify;

import io.tidelock.scenarios.verify.VersionLister.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** Reads everything that a bucket holds: each version's bytes, headers, metadata and tags. */
public final class BucketReader {
    private static final int READS_IN_FLIGHT_MAX = 16;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final S3Client client;
    private final String bucket;

    /** Reads with the given client, which must be allowed to read all versions and tags. */
    public BucketReader(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Returns all versions and markers by key, oldest first; holds them all, but no bytes. */
    public Map<String, List<ReadVersion>> read() throws InterruptedException {
        var listing = new VersionLister(client, bucket).list();
        var pending = new TreeMap<String, List<Future<ReadVersion>>>();
        try (var readers = Executors.newFixedThreadPool(
                READS_IN_FLIGHT_MAX, Thread.ofVirtual().factory())) {
            listing.forEach((key, versions) -> pending.put(
                    key,
                    versions.stream()
                            .map(version -> readers.submit(reading(version)))
                            .toList()));
            var read = new TreeMap<String, List<ReadVersion>>();
            for (var one : pending.entrySet()) {
                read.put(one.getKey(), all(one.getValue()));
            }
            return read;
        }
    }

    private static List<ReadVersion> all(List<Future<ReadVersion>> futures) throws InterruptedException {
        var versions = new ArrayList<ReadVersion>();
        for (var future : futures) {
            try {
                versions.add(future.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a version cannot be read: " + e.getCause(), e.getCause());
            }
        }
        return List.copyOf(versions);
    }

    private Callable<ReadVersion> reading(Listed listed) {
        return () -> listed.marker()
                ? ReadVersion.marker(listed.key(), listed.versionId(), listed.owner())
                : readVersion(listed);
    }

    private ReadVersion readVersion(Listed listed) {
        var digest = sha256();
        var buffer = new byte[BUFFER_BYTES];
        var sizeBytes = 0L;
        try (var body = client.getObject(
                request -> request.bucket(bucket).key(listed.key()).versionId(listed.versionId()))) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                digest.update(buffer, 0, n);
                sizeBytes += n;
            }
            var head = body.response();
            return new ReadVersion(
                    listed.key(),
                    listed.versionId(),
                    false,
                    sizeBytes,
                    HexFormat.of().formatHex(digest.digest()),
                    headers(head),
                    metadata(head),
                    tags(listed),
                    encryption(head),
                    listed.storageClass(),
                    listed.owner());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> tags(Listed listed) {
        var tagging = client.getObjectTagging(
                request -> request.bucket(bucket).key(listed.key()).versionId(listed.versionId()));
        var tags = new HashMap<String, String>();
        for (Tag tag : tagging.tagSet()) {
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }

    private static Map<String, String> headers(GetObjectResponse head) {
        var headers = new HashMap<String, String>();
        put(headers, "cache-control", head.cacheControl());
        put(headers, "content-disposition", head.contentDisposition());
        put(headers, "content-encoding", head.contentEncoding());
        put(headers, "content-language", head.contentLanguage());
        put(headers, "content-type", head.contentType());
        put(headers, "expires", head.expiresString());
        put(headers, "x-amz-website-redirect-location", head.websiteRedirectLocation());
        return headers;
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static Map<String, String> metadata(GetObjectResponse head) {
        var metadata = new HashMap<String, String>();
        head.metadata().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        return metadata;
    }

    private static String encryption(GetObjectResponse head) {
        var algorithm = head.serverSideEncryptionAsString();
        if (algorithm == null) {
            return ReadVersion.UNENCRYPTED;
        }
        return head.ssekmsKeyId() == null ? algorithm : algorithm + " " + head.ssekmsKeyId();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
