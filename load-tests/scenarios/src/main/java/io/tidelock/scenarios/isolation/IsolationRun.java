package io.tidelock.scenarios.isolation;

import io.tidelock.sandbox.Sandbox;
import io.tidelock.scenarios.service.ServiceProcess;
import io.tidelock.scenarios.verify.BucketReader;
import io.tidelock.scenarios.verify.ReadVersion;
import io.tidelock.scenarios.verify.ReplicaPolicy.History;
import io.tidelock.scenarios.verify.SideBySide;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.S3Client;

/** Steady traffic, and quiet and strikes in turn: read {@link #run} first. Used by one thread. */
final class IsolationRun {
    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);
    private static final int SHOWN_MAX = 5;

    private final Sandbox sandbox;
    private final ServiceProcess service;
    private final Duration lasts;
    private final double perSecond;
    private final Arrivals arrivals;
    private final List<Round> rounds = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Has not begun.
     *
     * @param lasts how long each quiet and each strike
     * @param perSecond versions to write, above 0
     */
    IsolationRun(Sandbox sandbox, ServiceProcess service, Duration lasts, double perSecond) {
        this.sandbox = sandbox;
        this.service = service;
        this.lasts = lasts;
        this.perSecond = perSecond;
        this.arrivals = new Arrivals(FourRegions.SOURCE, all(), System::nanoTime);
        sandbox.world().listen(arrivals);
    }

    private static Set<String> all() {
        var all = new TreeSet<>(FourRegions.OTHERS);
        all.add(FourRegions.STRUCK);
        return all;
    }

    /** Warms up, then lets one thing after the other befall the struck destination, so often, each after as much quiet. */
    IsolationReport run(List<Strike> strikes, int times, Duration warmUp) throws InterruptedException {
        try (var source = FourRegions.client(sandbox, FourRegions.SOURCE)) {
            var traffic = new Traffic(source, perSecond);
            try {
                pass(warmUp);
                for (var time = 0; time < times; time++) {
                    for (var strike : strikes) {
                        round(strike);
                    }
                }
            } finally {
                traffic.end();
            }
            drain(arrivals.nextStretch());
            compare(source);
        }
        return new IsolationReport(rounds, arrivals.written(), arrivals.unexpected(), problems);
    }

    /** Lags are looked at when all that was written has arrived at the others, be it later. */
    private void round(Strike strike) throws InterruptedException {
        var region = sandbox.region(FourRegions.STRUCK);
        var quiet = arrivals.nextStretch();
        pass(lasts);
        var struck = arrivals.nextStretch();
        strike.begin(region);
        try {
            pass(lasts);
        } finally {
            strike.end(region);
        }
        var missing = arrivals.pending(FourRegions.STRUCK);
        var draining = arrivals.nextStretch();
        var ended = System.nanoTime();
        drain(struck);
        var drained = System.nanoTime() - ended;
        // so that the next quiet has nothing of this, and there is something to look at where nothing had to be drained
        pass(lasts.dividedBy(2));
        arrivals.nextStretch();
        drain(draining);
        rounds.add(new Round(
                strike,
                arrivals.lags(quiet, FourRegions.OTHERS),
                arrivals.lags(struck, FourRegions.OTHERS),
                arrivals.lags(draining, FourRegions.OTHERS),
                missing,
                drained / 1e9));
    }

    private void drain(int stretch) throws InterruptedException {
        for (var bucket : all()) {
            if (!arrivals.await(bucket, stretch, DRAIN_LIMIT)) {
                throw new IllegalStateException(bucket + " still lacks " + arrivals.pending(bucket) + " versions after "
                        + DRAIN_LIMIT + "; the end of the service's log:\n" + service.logTail());
            }
        }
    }

    private void pass(Duration time) throws InterruptedException {
        Thread.sleep(time);
        if (!service.isAlive()) {
            throw new IllegalStateException("the service ended; the end of its log:\n" + service.logTail());
        }
    }

    /** The others have each version once and in order; where answers were lost, the struck one may have some twice. */
    private void compare(S3Client source) throws InterruptedException {
        var written = new BucketReader(source, FourRegions.SOURCE).read();
        for (var bucket : FourRegions.OTHERS) {
            compare(written, bucket, History.EXACT);
        }
        var lost = sandbox.region(FourRegions.STRUCK).lostAnswers().total();
        compare(written, FourRegions.STRUCK, lost == 0 ? History.EXACT : History.EVENTUAL);
    }

    private void compare(Map<String, List<ReadVersion>> written, String bucket, History history)
            throws InterruptedException {
        try (var replica = FourRegions.client(sandbox, bucket)) {
            var found = new BucketReader(replica, bucket).read();
            var differences = SideBySide.compare(written, found, FourRegions.policy(sandbox, history))
                    .differences();
            differences.stream().limit(SHOWN_MAX).forEach(one -> problems.add(bucket + ": " + one));
            if (differences.size() > SHOWN_MAX) {
                problems.add(bucket + ": " + (differences.size() - SHOWN_MAX) + " more differences");
            }
        }
    }
}
