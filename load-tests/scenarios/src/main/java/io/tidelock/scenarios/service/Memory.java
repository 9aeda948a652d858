package io.tidelock.scenarios.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resident memory of a process, as Linux counts it.
 *
 * @param residentBytes what it holds now ({@code VmRSS})
 * @param peakBytes the most it ever held ({@code VmHWM})
 */
public record Memory(long residentBytes, long peakBytes) {
    /** What the process with this id holds. */
    public static Memory of(long pid) throws IOException {
        var status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        return new Memory(kibibytes(status, "VmRSS:") * 1024, kibibytes(status, "VmHWM:") * 1024);
    }

    private static long kibibytes(Iterable<String> status, String name) throws IOException {
        for (var line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                        line.substring(name.length()).replace("kB", "").strip());
            }
        }
        throw new IOException("the process has no " + name);
    }
}
