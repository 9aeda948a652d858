package io.tidelock.compliance.document;

/**
 * How large a document may be before it is refused.
 *
 * @param bytesMax length in bytes of UTF-8, at least 1
 * @param depthMax nesting of objects and arrays, 1 to 1000
 * @param stringLengthMax characters of one value or name, at least 1
 */
public record DocumentBounds(int bytesMax, int depthMax, int stringLengthMax) {
    /** One bucket document: far above any limit of S3, far below what could harm. */
    public static final DocumentBounds BUCKET_DOCUMENT = new DocumentBounds(1 << 20, 64, 1 << 20);

    public DocumentBounds {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("document.bytesMax must be at least 1, was " + bytesMax);
        }
        if (depthMax < 1 || depthMax > 1000) {
            throw new IllegalArgumentException("document.depthMax must be 1 to 1000, was " + depthMax);
        }
        if (stringLengthMax < 1) {
            throw new IllegalArgumentException("document.stringLengthMax must be at least 1, was " + stringLengthMax);
        }
    }
}
