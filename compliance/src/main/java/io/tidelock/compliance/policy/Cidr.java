package io.tidelock.compliance.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of IP addresses in CIDR notation; an address alone is a block of one.
 *
 * @param address the first address written; host bits may be set and mean nothing
 * @param prefixLength leading bits that are fixed: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(InetAddress address, int prefixLength) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** Reads an address or a block; empty for anything else. Looks nothing up. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        if (!IPV4.matcher(host).matches() && !IPV6.matcher(host).matches()) {
            return Optional.empty();
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int bits = address.getAddress().length * 8;
        int length = bits;
        if (slash >= 0) {
            String digits = text.substring(slash + 1);
            if (!LENGTH.matcher(digits).matches() || Integer.parseInt(digits) > bits) {
                return Optional.empty();
            }
            length = Integer.parseInt(digits);
        }
        return Optional.of(new Cidr(address, length));
    }

    /** Rule P6: whether the block is no broader than /8 (IPv4) or /32 (IPv6). */
    public boolean isNarrow() {
        return prefixLength >= (address instanceof Inet4Address ? 8 : 32);
    }

    /** Whether every address of {@code other} lies in this block. */
    public boolean contains(Cidr other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.address.getAddress();
        if (mine.length != theirs.length || other.prefixLength < prefixLength) {
            return false;
        }
        for (int bit = 0; bit < prefixLength; bit++) {
            int mask = 0x80 >> (bit & 7);
            if ((mine[bit >> 3] & mask) != (theirs[bit >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
