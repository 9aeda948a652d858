package io.tidelock.scenarios.chaos;

import io.tidelock.sandbox.kafka.SandboxKafka;
import java.util.function.Consumer;

/**
 * What can go wrong with the broker. While its disk is full it is not touched by anything else: it ends by itself, and could not start. Thread-safe.
 */
final class BrokerTrouble {
    private final SandboxKafka kafka;
    private int fullDisks;

    BrokerTrouble(SandboxKafka kafka) {
        this.kafka = kafka;
    }

    /** It goes away without being asked. */
    Trouble killed() {
        return outage(SandboxKafka::kill);
    }

    /** It is told to stop. */
    Trouble stopped() {
        return outage(SandboxKafka::stop);
    }

    private Trouble outage(Consumer<SandboxKafka> end) {
        return new Outage(() -> goesDown(end), this::comesUp);
    }

    private synchronized boolean goesDown(Consumer<SandboxKafka> end) {
        if (fullDisks > 0) {
            return false;
        }
        var ran = kafka.isRunning();
        end.accept(kafka);
        return ran;
    }

    private synchronized void comesUp() {
        if (fullDisks == 0) {
            kafka.start();
        }
    }

    /** Its disk is full; struck when it has ended by itself. */
    Trouble diskFull() {
        return new FullDisk();
    }

    private synchronized boolean fill() {
        fullDisks++;
        var ran = kafka.isRunning();
        kafka.disk().fill();
        return ran;
    }

    private synchronized void makeRoom() {
        fullDisks--;
        if (fullDisks == 0) {
            kafka.disk().makeRoom();
            kafka.start();
        }
    }

    /** One time that the disk is full. Used by one thread. */
    private final class FullDisk implements Trouble {
        private boolean ran;
        private boolean ended;

        @Override
        public void begin() {
            ran = fill();
        }

        @Override
        public long struck() {
            ended |= ran && !kafka.isRunning();
            return ended ? 1 : 0;
        }

        @Override
        public long wanted() {
            return 1;
        }

        /** Another incident had it down already; it has to be up to be struck. */
        @Override
        public void insist() {
            if (!ran) {
                makeRoom();
                ran = fill();
            }
        }

        @Override
        public void end() {
            makeRoom();
        }
    }
}
