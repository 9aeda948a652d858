package io.tidelock.sandbox.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** S3 says no: thrown anywhere below the server, which turns it into S3's error answer. It has no stack trace, since refusals are ordinary answers. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient Map<String, String> details = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    private int status;

    public Refusal(ErrorCode code) {
        this(code, code.message());
    }

    public Refusal(ErrorCode code, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = code.status();
    }

    /** Adds an element to the error document, such as {@code ArgumentName}. */
    public Refusal with(String element, String value) {
        details.put(element, value);
        return this;
    }

    /** Adds a header to the answer, such as {@code x-amz-delete-marker}. */
    public Refusal withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Answers with another HTTP status than the code's own. */
    public Refusal withStatus(int other) {
        status = other;
        return this;
    }

    public ErrorCode code() {
        return code;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Elements of the error document beside Code, Message, Resource and RequestId. */
    public Map<String, String> details() {
        return details;
    }

    /** Headers of the answer beside the usual ones. */
    public Map<String, String> headers() {
        return headers;
    }
}
