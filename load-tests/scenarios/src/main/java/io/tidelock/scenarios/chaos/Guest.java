package io.tidelock.scenarios.chaos;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** One more instance that joins the group for a while; struck are the partitions that it took over. */
final class Guest implements Trouble {
    private static final String GROUP = "tidelock-replicator";
    private static final long ASKED_SECONDS_MAX = 5;

    private final Fleet fleet;
    private final int instance;
    private final String name;
    private final Supplier<Admin> admins;
    private long moved;

    /**
     * A guest that is not there yet.
     *
     * @param instance its number in the fleet
     * @param name the name that it has in the group
     */
    Guest(Fleet fleet, int instance, String name, Supplier<Admin> admins) {
        this.fleet = fleet;
        this.instance = instance;
        this.name = name;
        this.admins = admins;
    }

    @Override
    public void begin() throws IOException {
        fleet.start(instance);
    }

    @Override
    public long struck() {
        return moved;
    }

    @Override
    public long wanted() {
        return 1;
    }

    /** Stays until it owns something. */
    @Override
    public void insist() throws IOException, InterruptedException {
        fleet.start(instance);
        look();
    }

    @Override
    public void end() throws InterruptedException {
        look();
        if (!fleet.stop(instance)) {
            fleet.kill(instance);
        }
    }

    private void look() throws InterruptedException {
        try (var admin = admins.get()) {
            var owned = admin
                    .describeConsumerGroups(List.of(GROUP))
                    .all()
                    .get(ASKED_SECONDS_MAX, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member ->
                            member.groupInstanceId().filter(name::equals).isPresent())
                    .mapToLong(member -> member.assignment().topicPartitions().size())
                    .sum();
            moved = Math.max(moved, owned);
        } catch (ExecutionException | TimeoutException | KafkaException brokerDown) {
            // another incident; asked again soon
        }
    }
}
