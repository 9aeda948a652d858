package io.tidelock.replicator.rule;

import java.util.Map;

/**
 * Which objects a rule selects (rule 3). The prefix can be judged by the key alone; tags need a look at the version.
 */
public sealed interface RuleFilter {
    /** Whether the key alone allows a match. */
    boolean admits(String key);

    /** Whether the tags allow a match. */
    boolean acceptsTags(Map<String, String> tags);

    /** Whether tags have to be known before the filter can be judged. */
    boolean needsTags();

    /** What every admitted key begins with; empty for the whole bucket. */
    String prefix();

    /** The whole bucket. */
    record Everything() implements RuleFilter {
        @Override
        public boolean admits(String key) {
            return true;
        }

        @Override
        public boolean acceptsTags(Map<String, String> tags) {
            return true;
        }

        @Override
        public boolean needsTags() {
            return false;
        }

        @Override
        public String prefix() {
            return "";
        }
    }

    /** Keys that begin with {@code prefix}. */
    record Prefix(String prefix) implements RuleFilter {
        @Override
        public boolean admits(String key) {
            return key.startsWith(prefix);
        }

        @Override
        public boolean acceptsTags(Map<String, String> tags) {
            return true;
        }

        @Override
        public boolean needsTags() {
            return false;
        }
    }

    /** Versions that carry exactly this tag. */
    record Tagged(String key, String value) implements RuleFilter {
        @Override
        public boolean admits(String objectKey) {
            return true;
        }

        @Override
        public boolean acceptsTags(Map<String, String> tags) {
            return value.equals(tags.get(key));
        }

        @Override
        public boolean needsTags() {
            return true;
        }

        @Override
        public String prefix() {
            return "";
        }
    }

    /** S3's {@code And}: the prefix and every one of the tags. */
    record All(String prefix, Map<String, String> tags) implements RuleFilter {
        public All {
            tags = Map.copyOf(tags);
        }

        @Override
        public boolean admits(String key) {
            return key.startsWith(prefix);
        }

        @Override
        public boolean acceptsTags(Map<String, String> held) {
            return held.entrySet().containsAll(tags.entrySet());
        }

        @Override
        public boolean needsTags() {
            return !tags.isEmpty();
        }
    }
}
