package io.tidelock.sandbox.proof;

/** What a server of the contract is known to lack, and why; its tests are skipped there, and nowhere else. */
enum Gap {
    CHECKSUM_TRAILERS("a checksum that is sent as a trailer is accepted and not kept"),
    PART_NUMBER_READS("GET and HEAD by part number answer 501"),
    STORAGE_CLASS_ON_COPY("the storage class is lost on copy"),
    TAGS("tags answer 501, and x-amz-tagging is dropped"),
    UNUSUAL_KEYS("keys that begin or end with a slash or hold dot segments fail");

    private final String reason;

    Gap(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
