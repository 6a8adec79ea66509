/**
 * Puts the machines of the transport in line on Netty channels.
 *
 * <p>In flow sockets, accepted or dialled; out flow upgraded connections and the reasons of those that did not get there.
 * While a connection is upgraded its channel has one handler, {@code UpgradeHandler}, behind which the cipher appears once
 * Noise is done; then {@code MuxedChannel} takes its place:
 *
 * <pre>
 * socket - UpgradeHandler                       (multistream for /noise, Noise)
 * socket - cipher - UpgradeHandler              (multistream for the muxer)
 * socket - cipher - MuxedChannel - Muxer - HostStream*
 * </pre>
 *
 * <p>Everything that belongs to one connection runs on its event loop, and nothing of it is locked. What connections share
 * is the {@code ConnectionTable}, which counts them.
 */
@NullMarked
package dev.peerscope.transport.tcp;

import org.jspecify.annotations.NullMarked;
