/** A real object store beside the sandbox's own: Ceph's RADOS gateways, run by the script {@code load-tests/ceph}. */
@org.jspecify.annotations.NullMarked
package io.tidelock.sandbox.ceph;
