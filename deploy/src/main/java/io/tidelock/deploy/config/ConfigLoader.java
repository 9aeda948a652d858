package io.tidelock.deploy.config;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a YAML file to records: every problem at once. */
public final class ConfigLoader {
    private final Function<String, @Nullable String> environment;
    private final SettingsSchema schema = SettingsSchema.load();

    /** @param environment where {@code ${env:NAME}} looks */
    public ConfigLoader(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /** Reads, checks and composes; touches nothing but the file and the files that it refers to. */
    public Loaded load(Path file) {
        var problems = new Problems(file.toString());
        var directory = directory(file);
        var document = YamlReader.read(file, new References(directory, environment), problems);
        if (document.isEmpty()) {
            return new Loaded.Invalid(problems.sorted());
        }
        new SchemaProblems(schema, document.get(), problems).collect();
        var tree = schema.withDefaults(document.get().root());
        new CrossChecks(document.get(), tree, problems).collect();
        if (!problems.isEmpty()) {
            return new Loaded.Invalid(problems.sorted());
        }
        var config = new ConfigReader(document.get(), directory, problems).read(new Settings(tree, Pointer.ROOT));
        return config.<Loaded>map(Loaded.Valid::new).orElseGet(() -> new Loaded.Invalid(problems.sorted()));
    }

    private static Path directory(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
