package dev.peerscope.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.micrometer.common.docs.KeyName;
import dev.peerscope.event.BlockOutcome;
import dev.peerscope.event.ClaimOutcome;
import dev.peerscope.event.DepartureReason;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.event.WantListChange;
import dev.peerscope.event.WantListReason;
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.MessageSummary;
import dev.peerscope.node.RefusalReason;

/** A label of meters and every value that it can have. */
public enum MeterLabel implements KeyName {
    PEER_DIRECTION("direction", List.of("inbound", "outbound")),
    TRANSFER_DIRECTION("direction", List.of("received", "sent")),
    PRICE_DIRECTION("direction", List.of("up", "down")),
    DEPARTURE_REASON("reason", textOf(DepartureReason.values(), DepartureReason::text)),
    SESSION_END("reason", EventMeters.SESSION_ENDS.stream().map(DepartureReason::text).toList()),
    REFUSAL_REASON("reason", textOf(RefusalReason.values(), RefusalReason::text)),
    PRESENCE_STATE("state", List.of("have", "denied")),
    PRESENCE_CHANGE("change", textOf(PresenceChange.values(), PresenceChange::text)),
    PRESENCE_REASON("reason", PresenceChangeMeters.REASONS.stream().map(PresenceReason::text).toList()),
    PRESENCE_END("reason", PresenceLifetimes.ENDS.stream().map(PresenceReason::text).toList()),
    TOLD_OUTCOME("outcome", textOf(ToldOutcome.values(), ToldOutcome::text)),
    WANT_MODE("mode", List.of("watch", "fetch")),
    SERVED("served", List.of("held", "not_held")),
    WANT_LIST_CHANGE("change", textOf(WantListChange.values(), WantListChange::text)),
    WANT_LIST_REASON("reason", textOf(WantListReason.values(), WantListReason::text)),
    HAVE_SET_SIZE("size", textOf(HaveSetSize.values(), HaveSetSize::text)),
    CLAIM_OUTCOME("outcome", textOf(ClaimOutcome.values(), ClaimOutcome::text)),
    BLOCK_OUTCOME("outcome", textOf(BlockOutcome.values(), BlockOutcome::text)),
    MESSAGE_KIND("kind", textOf(MessageSummary.Kind.values(), MessageSummary.Kind::text)),
    ENGINE_INPUT("input", textOf(EngineWork.values(), EngineWork::text)),
    SINK("sink", List.of("memory", "disk")),
    LIMIT("limit", textOf(LimitName.values(), LimitName::text)),
    STANDING_LIMIT("limit", Arrays.stream(LimitName.values()).filter(LimitName::isStanding).map(LimitName::text)
            .toList());

    private final String label;
    private final List<String> words;

    MeterLabel(String label, List<String> words) {
        this.label = label;
        this.words = List.copyOf(words);
    }

    private static <E extends Enum<E>> List<String> textOf(E[] values, Function<E, String> wordOf) {
        return Arrays.stream(values).map(wordOf).toList();
    }

    @Override
    public String asString() {
        return label;
    }

    /** Every value that it can have. */
    public List<String> words() {
        return words;
    }

    /** What became of a block that a presence message spoke of. */
    enum ToldOutcome {
        APPLIED, CONFIRMED, IGNORED, REJECTED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
