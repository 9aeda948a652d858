package io.tidelock.sandbox.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.server.ServerSocketFactory;

/** The two ports of one broker: bound before the broker starts, handed to it as open sockets, the same after a restart. */
final class BrokerPorts implements ServerSocketFactory, AutoCloseable {
    private final int clientPort;
    private final int controllerPort;
    private final Map<Integer, ServerSocketChannel> bound = new HashMap<>();

    private BrokerPorts(ServerSocketChannel client, ServerSocketChannel controller) {
        this.clientPort = client.socket().getLocalPort();
        this.controllerPort = controller.socket().getLocalPort();
        bound.put(clientPort, client);
        bound.put(controllerPort, controller);
    }

    static BrokerPorts free(RandomGenerator random) {
        var client = LocalPorts.bindFree(random);
        try {
            return new BrokerPorts(client, LocalPorts.bindFree(random));
        } catch (UncheckedIOException none) {
            close(client);
            throw none;
        }
    }

    int clientPort() {
        return clientPort;
    }

    int controllerPort() {
        return controllerPort;
    }

    /** Binds the ports again after a stop; fails where another process took one meanwhile. */
    synchronized void bindAgain() throws IOException {
        for (int port : new int[] {clientPort, controllerPort}) {
            if (!bound.containsKey(port)) {
                bound.put(port, LocalPorts.bind(port));
            }
        }
    }

    @Override
    public synchronized ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        var channel = bound.remove(address.getPort());
        if (channel == null) {
            throw new IOException("listener " + listenerName + " asks for port " + address.getPort()
                    + ", which was not bound for it");
        }
        channel.configureBlocking(false);
        return channel;
    }

    /** Closes the sockets that no broker has taken over. */
    @Override
    public synchronized void close() {
        bound.values().forEach(BrokerPorts::close);
        bound.clear();
    }

    private static void close(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
