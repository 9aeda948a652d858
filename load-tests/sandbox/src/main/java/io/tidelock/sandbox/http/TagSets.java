package io.tidelock.sandbox.http;

import io.tidelock.sandbox.model.ErrorCode;
import io.tidelock.sandbox.model.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Tags as headers and documents carry them, and what they may be (UG: Categorizing your storage using tags). */
final class TagSets {
    static final int OBJECT_TAGS_MAX = 10;
    static final int BUCKET_TAGS_MAX = 50;

    private static final int NAME_CHARACTERS_MAX = 128;
    private static final int VALUE_CHARACTERS_MAX = 256;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private TagSets() {}

    /** API: PutObject, x-amz-tagging: encoded as the parameters of a query. */
    static Map<String, String> fromHeader(String header) {
        var tags = new LinkedHashMap<String, String>();
        if (header.isEmpty()) {
            return tags;
        }
        for (var pair : header.split("&")) {
            var equals = pair.indexOf('=');
            var name = Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true);
            var value = equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true);
            if (name.isEmpty() || tags.put(name, value) != null) {
                throw new Refusal(
                                ErrorCode.INVALID_ARGUMENT,
                                "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag"
                                        + " name duplicates.")
                        .with("ArgumentName", "x-amz-tagging")
                        .with("ArgumentValue", header);
            }
        }
        return checked(tags, OBJECT_TAGS_MAX);
    }

    /** API: PutObjectTagging. */
    static Map<String, String> fromDocument(byte[] document, int tagsMax) {
        var tagSet = XmlElement.parse(document, "Tagging")
                .child("TagSet")
                .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML));
        var tags = new LinkedHashMap<String, String>();
        for (var tag : tagSet.children("Tag")) {
            var name = tag.child("Key")
                    .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML))
                    .rawText();
            var value = tag.child("Value")
                    .orElseThrow(() -> new Refusal(ErrorCode.MALFORMED_XML))
                    .rawText();
            if (tags.put(name, value) != null) {
                throw new Refusal(ErrorCode.INVALID_TAG, "Cannot provide multiple Tags with the same key")
                        .with("TagKey", name);
            }
        }
        return checked(tags, tagsMax);
    }

    private static Map<String, String> checked(Map<String, String> tags, int tagsMax) {
        if (tags.size() > tagsMax) {
            throw new Refusal(
                    tagsMax == OBJECT_TAGS_MAX ? ErrorCode.BAD_REQUEST : ErrorCode.INVALID_TAG,
                    (tagsMax == OBJECT_TAGS_MAX ? "Object" : "Bucket") + " tags cannot be greater than " + tagsMax);
        }
        tags.forEach((name, value) -> {
            if (name.isEmpty()
                    || name.length() > NAME_CHARACTERS_MAX
                    || name.startsWith("aws:")
                    || !ALLOWED.matcher(name).matches()) {
                throw new Refusal(ErrorCode.INVALID_TAG, "The TagKey you have provided is invalid")
                        .with("TagKey", name);
            }
            if (value.length() > VALUE_CHARACTERS_MAX || !ALLOWED.matcher(value).matches()) {
                throw new Refusal(ErrorCode.INVALID_TAG, "The TagValue you have provided is invalid")
                        .with("TagKey", name)
                        .with("TagValue", value);
            }
        });
        return tags;
    }

    static String document(Map<String, String> tags) {
        var xml = XmlWriter.document("Tagging").open("TagSet");
        tags.forEach((name, value) ->
                xml.open("Tag").element("Key", name).element("Value", value).close("Tag"));
        return xml.close("TagSet").end();
    }
}
