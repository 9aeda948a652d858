package io.tidelock.compliance.access;

import io.tidelock.compliance.access.BlockPublicAccess.Flag;
import io.tidelock.compliance.document.Collected;
import io.tidelock.compliance.policy.Truth;
import java.util.ArrayList;
import java.util.List;

/**
 * The public access blocks that lie above each other: a flag that is on anywhere is on (rule B1).
 *
 * @param organization what the organization sets; not configured where the account's value already includes it (rule B7)
 */
public record EffectiveBlock(
        Collected<BlockPublicAccess> organization,
        Collected<BlockPublicAccess> account,
        Collected<BlockPublicAccess> bucket) {
    /** Whether the flag is in force. */
    public Truth has(Flag flag) {
        return has(organization, flag).or(has(account, flag)).or(has(bucket, flag));
    }

    private static Truth has(Collected<BlockPublicAccess> block, Flag flag) {
        return switch (block) {
            case Collected.Known<BlockPublicAccess>(var known) -> Truth.of(known.has(flag));
            case Collected.NotConfigured<BlockPublicAccess> _ -> Truth.FALSE;
            case Collected.NotCollected<BlockPublicAccess> _, Collected.Unavailable<BlockPublicAccess> _ ->
                Truth.UNKNOWN;
        };
    }

    /** The flags in this state, by the API's names. */
    public List<String> flags(Truth state) {
        var names = new ArrayList<String>();
        for (Flag flag : Flag.values()) {
            if (has(flag) == state) {
                names.add(flag.field());
            }
        }
        return names;
    }

    /** Why a flag may be unknown. */
    public String uncertainty() {
        var why = new ArrayList<String>();
        if (!organization.certain()) {
            why.add(organization.uncertainty("the organization's public access block"));
        }
        if (!account.certain()) {
            why.add(account.uncertainty("the account's public access block"));
        }
        if (!bucket.certain()) {
            why.add(bucket.uncertainty("the bucket's public access block"));
        }
        return String.join("; ", why);
    }
}
