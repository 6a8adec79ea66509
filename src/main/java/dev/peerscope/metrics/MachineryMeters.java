package dev.peerscope.metrics;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import dev.peerscope.node.EngineInputKind;
import dev.peerscope.node.MessageSummary;
import dev.peerscope.node.MessageSummary.Kind;
import dev.peerscope.node.NodeObserver;

/** Measures how the node's machinery runs: messages and the engine's time. */
public final class MachineryMeters implements NodeObserver {

    /** One bucket: the kind of a message says most about its length, and there are many series. */
    private static final double MESSAGE_BYTES_SMALL = 64 << 10;

    /** We send no account and no payment, and nothing that is empty. */
    private static final Set<Kind> SENT = EnumSet.complementOf(EnumSet.of(Kind.OTHER));

    private final Map<Kind, MessagesOfKind> received;
    private final Map<Kind, MessagesOfKind> sent;
    private final List<Timer> work;

    /** Registers every series. */
    public MachineryMeters(MeterRegistry registry) {
        var meters = new Meters(registry);
        received = messages(meters, "received", EnumSet.allOf(Kind.class));
        sent = messages(meters, "sent", SENT);
        work = Stream.of(EngineWork.values())
                .map(kind -> meters.timer(PeerscopeMeter.ENGINE_INPUT, List.of(), kind.text())).toList();
    }

    private static Map<Kind, MessagesOfKind> messages(Meters meters, String direction, Set<Kind> kinds) {
        var messages = new EnumMap<Kind, MessagesOfKind>(Kind.class);
        kinds.forEach(kind -> messages.put(kind,
                new MessagesOfKind(meters.counter(PeerscopeMeter.MESSAGES, direction, kind.text()),
                        meters.summary(PeerscopeMeter.MESSAGE_BYTES, MESSAGE_BYTES_SMALL, direction, kind.text()))));
        return messages;
    }

    @Override
    public void inputHandled(EngineInputKind kind, long nanos) {
        work.get(EngineWork.of(kind).ordinal()).record(Duration.ofNanos(nanos));
    }

    @Override
    public void messageReceived(MessageSummary message) {
        count(received, message);
    }

    @Override
    public void messageSent(MessageSummary message) {
        count(sent, message);
    }

    private static void count(Map<Kind, MessagesOfKind> messages, MessageSummary message) {
        var ofKind = messages.get(message.kind());
        if (ofKind != null) {
            ofKind.count.increment();
            ofKind.bytes.record(message.bytes());
        }
    }

    /** The meters of messages of one kind that went one way. */
    private record MessagesOfKind(Counter count, DistributionSummary bytes) {}
}
