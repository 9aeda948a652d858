package io.tidelock.compliance.control;

import java.util.List;

/** The names that others give the same question; empty where they do not ask it. */
public record Mappings(List<String> prowler, List<String> securityHub, List<String> config, List<String> cis) {
    /** Nobody else asks. */
    public static final Mappings NONE = new Mappings(List.of(), List.of(), List.of(), List.of());

    public Mappings {
        prowler = List.copyOf(prowler);
        securityHub = List.copyOf(securityHub);
        config = List.copyOf(config);
        cis = List.copyOf(cis);
    }

    /** Names separated by single spaces. */
    static Mappings of(String prowler, String securityHub, String config, String cis) {
        return new Mappings(names(prowler), names(securityHub), names(config), names(cis));
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
