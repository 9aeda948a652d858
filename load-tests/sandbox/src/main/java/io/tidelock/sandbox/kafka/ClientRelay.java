package io.tidelock.sandbox.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to the broker of its own, which can be cut while the broker goes on: bytes pass between a port for clients and one of the broker's
 * listeners, which tells its clients of that port only. Thread-safe.
 */
public final class ClientRelay implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocketChannel clients;
    private final int clientPort;
    private final int brokerPort;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private int cuts;
    private long connectionsCut;

    /**
     * Passes on from now on.
     *
     * @param clients bound to the port for clients
     * @param brokerPort where the broker listens for what comes this way
     */
    ClientRelay(ServerSocketChannel clients, int brokerPort) {
        this.clients = clients;
        this.clientPort = clients.socket().getLocalPort();
        this.brokerPort = brokerPort;
        Thread.ofVirtual().name("relay-" + clientPort).start(this::accept);
    }

    /** Returns {@code host:port} for clients that go this way. */
    public String bootstrapServers() {
        return "127.0.0.1:" + clientPort;
    }

    int clientPort() {
        return clientPort;
    }

    /** Resets all connections and, until {@link #restore} was called as often, each new one. */
    public synchronized void cut() {
        cuts++;
        open.forEach(channel -> {
            if (reset(channel)) {
                connectionsCut++;
            }
        });
    }

    /** Lets new connections through again. */
    public synchronized void restore() {
        if (cuts == 0) {
            throw new IllegalStateException("the way over port " + clientPort + " was not cut");
        }
        cuts--;
    }

    /** How many connections were reset by {@link #cut} so far, new ones during a cut among them. */
    public synchronized long connectionsCut() {
        return connectionsCut;
    }

    @Override
    public void close() {
        try {
            clients.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(ClientRelay::reset);
    }

    private void accept() {
        while (clients.isOpen()) {
            try {
                admit(clients.accept());
            } catch (IOException closed) {
                // closed by close(), or a client that has gone already: either way there is nobody to serve
            }
        }
    }

    private void admit(SocketChannel client) {
        if (isCutFor(client)) {
            return;
        }
        Thread.ofVirtual().name("relay-" + clientPort + "-in").start(() -> serve(client));
    }

    private synchronized boolean isCutFor(SocketChannel client) {
        if (cuts > 0) {
            reset(client);
            connectionsCut++;
            return true;
        }
        open.add(client);
        return false;
    }

    private void serve(SocketChannel client) {
        try (var broker = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), brokerPort))) {
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            broker.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Thread.ofVirtual().name("relay-" + clientPort + "-out").start(() -> pass(broker, client));
            pass(client, broker);
        } catch (IOException noBroker) {
            // the client is told below, by a reset
        } finally {
            reset(client);
            open.remove(client);
        }
    }

    /** Passes bytes on until either end has gone, and then ends both. */
    private static void pass(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException gone) {
            // whoever reads the other end sees it end
        }
    }

    /** Whether there was a connection to end. */
    private static boolean reset(SocketChannel channel) {
        var connected = channel.isOpen();
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closedAlready) {
            return false;
        }
        try {
            channel.close();
        } catch (IOException gone) {
            return false;
        }
        return connected;
    }
}
