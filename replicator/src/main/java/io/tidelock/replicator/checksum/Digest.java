package io.tidelock.replicator.checksum;

import java.security.MessageDigest;

/** A hash of the JDK's. */
final class Digest implements RunningHash {
    private final MessageDigest soFar;

    Digest(MessageDigest soFar) {
        this.soFar = soFar;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        soFar.update(bytes, offset, length);
    }

    @Override
    public byte[] value() {
        return cloned().digest();
    }

    @Override
    public RunningHash copy() {
        return new Digest(cloned());
    }

    private MessageDigest cloned() {
        try {
            return (MessageDigest) soFar.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be cloned", e);
        }
    }
}
