package io.tidelock.ingest.json;

/** Carries a flaw from where it is found to where it becomes a value; never leaves a decoder. */
public final class FlawException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DETAIL_CHARS_MAX = 300;

    private final Flaw flaw;
    private final String detail;

    /**
     * A flaw.
     *
     * @param detail what and where, for people; cut to 300 characters
     */
    public FlawException(Flaw flaw, String detail) {
        super(detail, null, false, false);
        this.flaw = flaw;
        this.detail = detail.length() <= DETAIL_CHARS_MAX ? detail : detail.substring(0, DETAIL_CHARS_MAX) + "...";
    }

    public Flaw flaw() {
        return flaw;
    }

    /** At most about 300 characters. */
    public String detail() {
        return detail;
    }
}
