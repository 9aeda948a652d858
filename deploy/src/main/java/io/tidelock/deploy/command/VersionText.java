package io.tidelock.deploy.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "tidelock " + version(), "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }

    static String version() throws IOException {
        var build = new Properties();
        try (var resource = VersionText.class.getResourceAsStream("/tidelock-build.properties")) {
            if (resource == null) {
                throw new IOException("/tidelock-build.properties is not on the class path: build with Maven");
            }
            build.load(resource);
        }
        return build.getProperty("version");
    }
}
