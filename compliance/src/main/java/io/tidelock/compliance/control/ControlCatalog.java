package io.tidelock.compliance.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Every control, in the order of reports. Immutable. */
public final class ControlCatalog {
    private static final ControlCatalog ALL = new ControlCatalog(Stream.of(
                    PolicyControls.all(),
                    BlockPublicAccessControls.all(),
                    AclControls.all(),
                    AccessControls.all(),
                    UploadControls.all(),
                    StorageControls.all(),
                    List.of(AccessLogging.control()),
                    OperationControls.all(),
                    ReplicationControls.all(),
                    RoleControls.all(),
                    DestinationPolicyControls.all(),
                    ReplicaControls.all())
            .flatMap(List::stream)
            .toList());

    private final SequencedMap<String, Control> controls = new LinkedHashMap<>();

    private ControlCatalog(List<Control> all) {
        for (Control control : all) {
            if (controls.put(control.id(), control) != null) {
                throw new IllegalStateException("two controls are called " + control.id());
            }
        }
    }

    /** All controls that a snapshot's documents can feed. */
    public static ControlCatalog all() {
        return ALL;
    }

    /** The controls, in order. */
    public List<Control> controls() {
        return List.copyOf(controls.values());
    }

    /** The control of this id. */
    public Optional<Control> find(String id) {
        return Optional.ofNullable(controls.get(id));
    }

    /**
     * Answers every question that the evidence is about: a snapshot without a bucket is judged as an account alone.
     *
     * @return verdicts by control id, in the order of reports
     */
    public SequencedMap<String, Verdict> evaluate(Evidence evidence) {
        var verdicts = new LinkedHashMap<String, Verdict>();
        controls.forEach((id, control) -> {
            if (control.subject() == Control.Subject.ACCOUNT || !evidence.hasNoBucket()) {
                verdicts.put(id, control.evaluate(evidence));
            }
        });
        return verdicts;
    }
}
