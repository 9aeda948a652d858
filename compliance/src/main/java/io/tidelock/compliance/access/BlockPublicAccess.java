package io.tidelock.compliance.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidelock.compliance.document.Collected;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The flags of one public access block that are on.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Block Public Access</a>
 */
public record BlockPublicAccess(Set<Flag> on) {
    /** The four settings, spelled as the API spells them in {@link #field()}. */
    public enum Flag {
        BLOCK_PUBLIC_ACLS("BlockPublicAcls"),
        IGNORE_PUBLIC_ACLS("IgnorePublicAcls"),
        BLOCK_PUBLIC_POLICY("BlockPublicPolicy"),
        RESTRICT_PUBLIC_BUCKETS("RestrictPublicBuckets");

        private final String field;

        Flag(String field) {
            this.field = field;
        }

        /** The API's name. */
        public String field() {
            return field;
        }
    }

    /** No configuration: every flag is off (rule B6). */
    public static final BlockPublicAccess OFF = new BlockPublicAccess(Set.of());

    public BlockPublicAccess {
        on = Set.copyOf(on);
    }

    /** Reads a PublicAccessBlockConfiguration; a flag that is missing is off, one of the wrong type makes it unreadable. */
    public static Collected<BlockPublicAccess> read(JsonNode node) {
        if (!node.isObject()) {
            return new Collected.Unavailable<>("publicAccessBlock is not an object");
        }
        var on = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            JsonNode value = node.get(flag.field());
            Optional<Boolean> state = value == null ? Optional.of(false) : state(value);
            if (state.isEmpty()) {
                return new Collected.Unavailable<>(flag.field() + " is neither true nor false");
            }
            if (state.get()) {
                on.add(flag);
            }
        }
        return new Collected.Known<>(new BlockPublicAccess(on));
    }

    private static Optional<Boolean> state(JsonNode value) {
        if (value.isNull()) {
            return Optional.of(false);
        }
        return switch (value.asText().toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    public boolean has(Flag flag) {
        return on.contains(flag);
    }

    /** The flags that are off, by the API's names in the API's order. */
    public List<String> off() {
        var off = new ArrayList<String>();
        for (Flag flag : Flag.values()) {
            if (!has(flag)) {
                off.add(flag.field());
            }
        }
        return off;
    }
}
