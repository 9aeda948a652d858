package io.tidelock.compliance.control;

import java.util.function.Function;

/** One question, who asks it too, and how it is answered. Stateless and thread-safe. */
public final class Control {
    /** What a control is about. */
    public enum Subject {
        BUCKET,
        ACCOUNT
    }

    private final String id;
    private final Severity severity;
    private final String title;
    private final Subject subject;
    private final boolean elective;
    private final String rationale;
    private final String remedy;
    private final Mappings mappings;
    private final Function<Evidence, Verdict> judge;

    private Control(Draft draft, Function<Evidence, Verdict> judge) {
        this.id = draft.id;
        this.severity = draft.severity;
        this.title = draft.title;
        this.subject = draft.subject;
        this.elective = draft.elective;
        this.rationale = draft.rationale;
        this.remedy = draft.remedy;
        this.mappings = draft.mappings;
        this.judge = judge;
    }

    /** Kebab case; the name in reports, configuration and findings. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** One line that says what is asked for. */
    public String title() {
        return title;
    }

    public Subject subject() {
        return subject;
    }

    /**
     * Whether the question is only asked by those who choose to, because its demand contradicts another's or suits few. It
     * is always answered; a violation alone makes no assessment fail unless the control was chosen.
     */
    public boolean elective() {
        return elective;
    }

    /** Why it matters. */
    public String rationale() {
        return rationale;
    }

    /** The call that puts it right; {@code BUCKET}, {@code ACCOUNT} and file names stand for the reader's own. */
    public String remedy() {
        return remedy;
    }

    public Mappings mappings() {
        return mappings;
    }

    /** Answers from the evidence alone; never throws for what a document says. */
    public Verdict evaluate(Evidence evidence) {
        if (subject == Subject.BUCKET && evidence.hasNoBucket()) {
            return Verdict.notApplicable("the snapshot holds no bucket");
        }
        return judge.apply(evidence);
    }

    @Override
    public String toString() {
        return id;
    }

    static Draft of(String id, Severity severity, String title) {
        return new Draft(id, severity, title);
    }

    /** The same question under a further id. */
    Control alias(String otherId) {
        var draft = new Draft(otherId, severity, title);
        draft.subject = subject;
        draft.elective = elective;
        draft.rationale = rationale;
        draft.remedy = remedy;
        draft.mappings = mappings;
        return new Control(draft, judge);
    }

    /** A control that is being written down. */
    static final class Draft {
        private final String id;
        private final Severity severity;
        private final String title;
        private Subject subject = Subject.BUCKET;
        private boolean elective;
        private String rationale = "";
        private String remedy = "";
        private Mappings mappings = Mappings.NONE;

        private Draft(String id, Severity severity, String title) {
            this.id = id;
            this.severity = severity;
            this.title = title;
        }

        Draft ofAccount() {
            subject = Subject.ACCOUNT;
            return this;
        }

        Draft whenChosen() {
            elective = true;
            return this;
        }

        Draft because(String text) {
            rationale = text;
            return this;
        }

        Draft remedy(String call) {
            remedy = call;
            return this;
        }

        Draft also(String prowler, String securityHub, String config, String cis) {
            mappings = Mappings.of(prowler, securityHub, config, cis);
            return this;
        }

        Control judge(Function<Evidence, Verdict> judge) {
            return new Control(this, judge);
        }
    }
}
