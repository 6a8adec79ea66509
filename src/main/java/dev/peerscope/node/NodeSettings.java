package dev.peerscope.node;

import java.time.Duration;
import java.util.List;

import dev.peerscope.engine.EngineLimits;
import dev.peerscope.engine.EngineSettings;
import dev.peerscope.transport.HostSettings;
import dev.peerscope.wire.WireLimits;

/**
 * How a node behaves.
 *
 * @param host
 *            where it listens, its muxers, bounds and times of its connections
 * @param engine
 *            how it asks and refreshes
 * @param engineLimits
 *            bounds of the engine
 * @param wire
 *            bounds of what it decodes
 * @param limits
 *            bounds of its own queues and lists
 * @param reading
 *            when a peer that does not read is dropped
 * @param keepConnected
 *            peers that it dials at start, and again whenever they are gone
 * @param connectTimeout
 *            total time of a dial until the peer has joined
 */
public record NodeSettings(HostSettings host, EngineSettings engine, EngineLimits engineLimits, WireLimits wire,
        NodeLimits limits, ReadingRule reading, List<DialAddresses> keepConnected, Duration connectTimeout) {

    /** What the API promises for a dial. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    public NodeSettings {
        keepConnected = List.copyOf(keepConnected);
    }

    /** Everything else as it comes. */
    public static NodeSettings of(HostSettings host) {
        return new NodeSettings(host, EngineSettings.DEFAULT, EngineLimits.DEFAULT, WireLimits.DEFAULT,
                NodeLimits.DEFAULT, ReadingRule.DEFAULT, List.of(), CONNECT_TIMEOUT);
    }

    public NodeSettings withHost(HostSettings other) {
        return new NodeSettings(other, engine, engineLimits, wire, limits, reading, keepConnected, connectTimeout);
    }

    public NodeSettings withEngine(EngineSettings other) {
        return new NodeSettings(host, other, engineLimits, wire, limits, reading, keepConnected, connectTimeout);
    }

    public NodeSettings withEngineLimits(EngineLimits other) {
        return new NodeSettings(host, engine, other, wire, limits, reading, keepConnected, connectTimeout);
    }

    public NodeSettings withWire(WireLimits other) {
        return new NodeSettings(host, engine, engineLimits, other, limits, reading, keepConnected, connectTimeout);
    }

    public NodeSettings withLimits(NodeLimits other) {
        return new NodeSettings(host, engine, engineLimits, wire, other, reading, keepConnected, connectTimeout);
    }

    public NodeSettings withReading(ReadingRule other) {
        return new NodeSettings(host, engine, engineLimits, wire, limits, other, keepConnected, connectTimeout);
    }

    public NodeSettings withKeepConnected(List<DialAddresses> addresses) {
        return new NodeSettings(host, engine, engineLimits, wire, limits, reading, addresses, connectTimeout);
    }
}
