package io.tidelock.compliance.policy;

import java.util.Set;

/**
 * Who is not foreign (rules X1, X2).
 *
 * @param accounts twelve digits each
 * @param ips addresses or blocks in CIDR notation
 * @param principals ARNs, canonical ids or unique ids, exactly as a policy writes them
 */
public record Trusted(
        Set<String> accounts,
        Set<String> vpcs,
        Set<String> vpces,
        Set<String> orgIds,
        Set<String> ips,
        Set<String> principals) {
    /** Nobody but the bucket's own account. */
    public static final Trusted NOBODY = new Trusted(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Trusted {
        accounts = Set.copyOf(accounts);
        vpcs = Set.copyOf(vpcs);
        vpces = Set.copyOf(vpces);
        orgIds = Set.copyOf(orgIds);
        ips = Set.copyOf(ips);
        principals = Set.copyOf(principals);
    }

    /** Whether every address of {@code block} lies in a trusted block. */
    public boolean hasAddresses(String block) {
        return Cidr.parse(block)
                .filter(wanted -> ips.stream()
                        .anyMatch(ip -> Cidr.parse(ip)
                                .filter(trusted -> trusted.contains(wanted))
                                .isPresent()))
                .isPresent();
    }
}
