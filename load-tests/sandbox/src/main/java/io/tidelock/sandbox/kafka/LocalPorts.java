package io.tidelock.sandbox.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.random.RandomGenerator;

/**
 * Finds free ports of the loopback address below the range that the operating system hands to outgoing connections.
 *
 * <p>A server that stops and comes back on its port must not find a client's outgoing connection there, and a client that tries
 * again and again to reach a stopped server must not be given the very port it is trying to reach.
 */
final class LocalPorts {
    private static final int PORT_MIN = 20_000;
    private static final int PORT_LIMIT = 32_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private LocalPorts() {}

    /** Returns a socket already bound to a free port, so that nobody can take it in between. */
    static ServerSocketChannel bindFree(RandomGenerator random) {
        IOException last = new IOException("none tried");
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                return bind(random.nextInt(PORT_MIN, PORT_LIMIT));
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new UncheckedIOException("no free port between " + PORT_MIN + " and " + PORT_LIMIT, last);
    }

    static ServerSocketChannel bind(int port) throws IOException {
        var channel = ServerSocketChannel.open();
        try {
            return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException taken) {
            channel.close();
            throw new IOException("port " + port + " of the loopback address is taken", taken);
        }
    }
}
