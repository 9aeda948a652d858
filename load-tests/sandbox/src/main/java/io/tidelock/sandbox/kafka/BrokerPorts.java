package io.tidelock.sandbox.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The ports of one broker: bound before the broker starts, handed to it as open sockets, the same after a restart. Beside those for clients and
 * controller there is one for each way that can be cut, with the relay before it.
 */
final class BrokerPorts implements ServerSocketFactory, AutoCloseable {
    private final int clientPort;
    private final int controllerPort;
    private final List<Integer> relayed;
    private final List<ClientRelay> relays;
    private final Map<Integer, ServerSocketChannel> bound = new HashMap<>();

    /** @param all those of client and controller, then of each relay the one that the broker listens on and the one for clients */
    private BrokerPorts(List<ServerSocketChannel> all) {
        this.clientPort = port(all.get(0));
        this.controllerPort = port(all.get(1));
        var ofBroker = new ArrayList<Integer>();
        var before = new ArrayList<ClientRelay>();
        bound.put(clientPort, all.get(0));
        bound.put(controllerPort, all.get(1));
        for (int i = 2; i < all.size(); i += 2) {
            var port = port(all.get(i));
            ofBroker.add(port);
            bound.put(port, all.get(i));
            before.add(new ClientRelay(all.get(i + 1), port));
        }
        this.relayed = List.copyOf(ofBroker);
        this.relays = List.copyOf(before);
    }

    static BrokerPorts free(RandomGenerator random, int relays) {
        var all = new ArrayList<ServerSocketChannel>();
        try {
            for (int i = 0; i < 2 + 2 * relays; i++) {
                all.add(LocalPorts.bindFree(random));
            }
            return new BrokerPorts(all);
        } catch (UncheckedIOException none) {
            all.forEach(BrokerPorts::close);
            throw none;
        }
    }

    private static int port(ServerSocketChannel channel) {
        return channel.socket().getLocalPort();
    }

    /** The ways that can be cut. */
    List<ClientRelay> relays() {
        return relays;
    }

    /** Where the broker listens for what comes over each relay. */
    List<Integer> relayed() {
        return relayed;
    }

    int clientPort() {
        return clientPort;
    }

    int controllerPort() {
        return controllerPort;
    }

    /** Binds the ports again after a stop; fails where another process took one meanwhile. */
    synchronized void bindAgain() throws IOException {
        bindAgain(clientPort);
        bindAgain(controllerPort);
        for (int port : relayed) {
            bindAgain(port);
        }
    }

    private void bindAgain(int port) throws IOException {
        if (!bound.containsKey(port)) {
            bound.put(port, LocalPorts.bind(port));
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

    /** Closes the relays and the sockets that no broker has taken over. */
    @Override
    public synchronized void close() {
        relays.forEach(ClientRelay::close);
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
