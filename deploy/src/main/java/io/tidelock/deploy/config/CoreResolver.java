package io.tidelock.deploy.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Tells plain scalars apart as YAML 1.2's core schema does: only {@code true} and {@code false} are booleans, so that
 * {@code no}, {@code on} and {@code 22:22} stay text. https://yaml.org/spec/1.2.2/#103-core-schema
 */
final class CoreResolver extends Resolver {
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL| ?");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, BOOLEAN, "tTfF", 10);
        addImplicitResolver(Tag.INT, WHOLE, "-+0123456789", 30);
        addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.", 50);
        addImplicitResolver(Tag.NULL, NOTHING, "~nN\0", 10);
        addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null, 10);
    }
}
