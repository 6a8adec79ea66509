package dev.peerscope.metrics;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import dev.peerscope.node.EngineInputKind;
import dev.peerscope.node.MessageSummary;
import dev.peerscope.node.NodeObserver;

/** Measures how the node's machinery runs: messages and the engine's time. */
public final class MachineryMeters implements NodeObserver {

    /** One bucket: the kind of a message says most about its length, and there are many series. */
    private static final double MESSAGE_BYTES_SMALL = 64 << 10;

    private final Counters<MessageSummary.Kind> received;
    private final Counters<MessageSummary.Kind> sent;
    private final List<DistributionSummary> receivedBytes;
    private final List<DistributionSummary> sentBytes;
    private final List<Timer> work;

    /** Registers every series. */
    public MachineryMeters(MeterRegistry registry) {
        var meters = new Meters(registry);
        received = messages(meters, "received");
        sent = messages(meters, "sent");
        receivedBytes = bytes(registry, "received");
        sentBytes = bytes(registry, "sent");
        work = Stream.of(EngineWork.values())
                .map(kind -> meters.timer(PeerscopeMeter.ENGINE_INPUT, List.of(), kind.text())).toList();
    }

    private static Counters<MessageSummary.Kind> messages(Meters meters, String direction) {
        return meters.counters(PeerscopeMeter.MESSAGES, MessageSummary.Kind.class, MessageSummary.Kind::text,
                direction);
    }

    private static List<DistributionSummary> bytes(MeterRegistry registry, String direction) {
        var meter = PeerscopeMeter.MESSAGE_BYTES;
        return Stream.of(MessageSummary.Kind.values())
                .map(kind -> DistributionSummary.builder(meter.getName()).description(meter.sentence())
                        .baseUnit(meter.getBaseUnit()).tags(meter.tags(direction, kind.text()))
                        .serviceLevelObjectives(MESSAGE_BYTES_SMALL).register(registry))
                .toList();
    }

    @Override
    public void inputHandled(EngineInputKind kind, long nanos) {
        work.get(EngineWork.of(kind).ordinal()).record(Duration.ofNanos(nanos));
    }

    @Override
    public void messageReceived(MessageSummary message) {
        received.add(message.kind(), 1);
        receivedBytes.get(message.kind().ordinal()).record(message.bytes());
    }

    @Override
    public void messageSent(MessageSummary message) {
        sent.add(message.kind(), 1);
        sentBytes.get(message.kind().ordinal()).record(message.bytes());
    }
}
