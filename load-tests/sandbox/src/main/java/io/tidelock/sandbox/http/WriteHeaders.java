package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.BucketState;
import io.tidelock.sandbox.model.CannedAcl;
import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Grant;
import io.tidelock.sandbox.model.GrantedAcl;
import io.tidelock.sandbox.model.NamedAcl;
import io.tidelock.sandbox.model.ObjectAttributes;
import io.tidelock.sandbox.model.Ownership;
import io.tidelock.sandbox.model.Refusal;
import io.tidelock.sandbox.model.WriteCondition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what the headers of a write say about the object (API: PutObject, CopyObject, CreateMultipartUpload). */
final class WriteHeaders {
    static final String META = "x-amz-meta-";

    private static final List<String> SYSTEM = List.of(
            "content-type",
            "content-disposition",
            "content-language",
            "cache-control",
            "expires",
            "x-amz-website-redirect-location");
    /** UG: Understanding and managing S3 storage classes. */
    private static final Set<String> STORAGE_CLASSES = Set.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER",
            "GLACIER_IR",
            "DEEP_ARCHIVE");

    private static final int USER_METADATA_BYTES_MAX = 2048;

    private WriteHeaders() {}

    static ObjectAttributes attributes(Exchange exchange, BucketState bucket) {
        refuseUnserved(exchange);
        return new ObjectAttributes(
                systemHeaders(exchange),
                userMetadata(exchange),
                tags(exchange),
                storageClass(exchange),
                EncryptionHeaders.resolve(exchange, bucket),
                LockHeaders.wanted(exchange, bucket));
    }

    /** What this server does not do is refused, never dropped (API: Error responses, NotImplemented). */
    static void refuseUnserved(Exchange exchange) {
        if (exchange.header("x-amz-write-offset-bytes").isPresent()) {
            throw new Refusal(ErrorCode.NOT_IMPLEMENTED).with("Header", "x-amz-write-offset-bytes");
        }
    }

    static Map<String, String> systemHeaders(Exchange exchange) {
        var system = new LinkedHashMap<String, String>();
        system.put("content-type", "binary/octet-stream");
        for (var name : SYSTEM) {
            exchange.header(name).filter(value -> !value.isEmpty()).ifPresent(value -> system.put(name, value));
        }
        exchange.header("content-encoding")
                .map(WriteHeaders::withoutChunks)
                .filter(value -> !value.isEmpty())
                .ifPresent(value -> system.put("content-encoding", value));
        return system;
    }

    /** {@code aws-chunked} is about the wire and is not kept (API: Signature calculations, transferring payload in multiple chunks). */
    private static String withoutChunks(String encodings) {
        return Stream.of(encodings.split(","))
                .map(String::strip)
                .filter(encoding -> !encoding.equalsIgnoreCase("aws-chunked"))
                .collect(Collectors.joining(","));
    }

    /** UG: Working with object metadata, user-defined object metadata. */
    static Map<String, String> userMetadata(Exchange exchange) {
        var user = new LinkedHashMap<String, String>();
        var bytes = 0;
        for (var name : exchange.head().headers().names()) {
            if (name.startsWith(META)) {
                var value = String.join(",", exchange.head().headers().all(name));
                user.put(name.substring(META.length()), value);
                bytes += name.length() - META.length() + value.getBytes(StandardCharsets.ISO_8859_1).length;
            }
        }
        if (bytes > USER_METADATA_BYTES_MAX) {
            throw new Refusal(ErrorCode.METADATA_TOO_LARGE)
                    .with("Size", Integer.toString(bytes))
                    .with("MaxSizeAllowed", Integer.toString(USER_METADATA_BYTES_MAX));
        }
        return user;
    }

    static Map<String, String> tags(Exchange exchange) {
        return exchange.header("x-amz-tagging").map(TagSets::fromHeader).orElse(Map.of());
    }

    static String storageClass(Exchange exchange) {
        var name = exchange.header("x-amz-storage-class").orElse("STANDARD");
        if (!STORAGE_CLASSES.contains(name)) {
            throw new Refusal(ErrorCode.INVALID_STORAGE_CLASS).with("StorageClassRequested", name);
        }
        return name;
    }

    /** The ACL that is named; without ACLs only one that changes nothing is taken (UG: Controlling ownership of objects, disabled ACLs). */
    static Optional<NamedAcl> acl(Exchange exchange, BucketState bucket) {
        var acl = AclHeaders.of(exchange);
        if (bucket.settings().ownership() == Ownership.BUCKET_OWNER_ENFORCED
                && acl.filter(named -> !ownerAlone(named, bucket.owner().canonicalId()))
                        .isPresent()) {
            throw new Refusal(ErrorCode.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
        }
        var owner = bucket.owner().canonicalId();
        acl.ifPresent(named -> exchange.world().blockOf(bucket).check(named.grants(owner, owner)));
        return acl;
    }

    private static boolean ownerAlone(NamedAcl acl, String bucketOwnerId) {
        return switch (acl) {
            case CannedAcl canned -> canned == CannedAcl.BUCKET_OWNER_FULL_CONTROL;
            case GrantedAcl(var lines) -> lines.equals(List.of(new Grant(bucketOwnerId, Grant.FULL_CONTROL)));
        };
    }

    /** UG: How to prevent object overwrites with conditional writes. */
    static WriteCondition condition(Exchange exchange) {
        var noneMatch = exchange.header("if-none-match");
        if (noneMatch.isPresent() && !noneMatch.get().equals("*")) {
            throw new Refusal(ErrorCode.NOT_IMPLEMENTED).with("Header", "If-None-Match");
        }
        return new WriteCondition(exchange.header("if-match").map(ETags::bare), noneMatch.isPresent());
    }
}
