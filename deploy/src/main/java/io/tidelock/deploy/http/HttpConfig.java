package io.tidelock.deploy.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings under {@code http}.
 *
 * @param host the address to listen on
 * @param port the port to listen on, 0 for a free one
 * @param tls certificate and key, or empty for plain HTTP
 * @param bearerToken the token that lets a request in, or empty
 * @param basic the user and password that let a request in, or empty
 */
public record HttpConfig(
        String host, int port, Optional<Tls> tls, Optional<String> bearerToken, Optional<Basic> basic) {
    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("http.port must be from 0 to 65535, was " + port);
        }
    }

    /** Whether requests have to show anything. */
    boolean authenticates() {
        return bearerToken.isPresent() || basic.isPresent();
    }

    @Override
    public String toString() {
        return "HttpConfig[host=" + host + ", port=" + port + ", tls=" + tls + ", authenticates=" + authenticates()
                + "]";
    }

    /**
     * PEM files.
     *
     * @param certificateFile the certificate chain
     * @param keyFile the private key
     */
    public record Tls(Path certificateFile, Path keyFile) {}

    /** A user of HTTP's basic authentication. */
    public record Basic(String user, String password) {
        @Override
        public String toString() {
            return "Basic[user=" + user + "]";
        }
    }
}
