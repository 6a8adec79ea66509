package dev.peerscope.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import dev.peerscope.block.Cid;
import dev.peerscope.event.PresenceChange;
import dev.peerscope.event.PresenceReason;
import dev.peerscope.journal.Order;
import dev.peerscope.peer.PeerId;
import dev.peerscope.view.PeerState;

/** How text in paths, queries and headers becomes the types that controllers take. */
final class ParameterReading {

    private static final int SHOWN_MAX = 80;

    private ParameterReading() {}

    static void addTo(FormatterRegistry registry) {
        add(registry, PeerId.class, ParameterReading::peerId);
        add(registry, Cid.class, ParameterReading::cid);
        add(registry, Instant.class, ParameterReading::instant);
        add(registry, Limit.class, Limit::parse);
        add(registry, LeafIndex.class, LeafIndex::parse);
        add(registry, SequenceNumber.class, SequenceNumber::parse);
        add(registry, PeerOrder.class, PeerOrder::parse);
        addWords(registry, PeerState.class);
        addWords(registry, Order.class);
        addWords(registry, PresenceChange.class);
        addWords(registry, PresenceReason.class);
    }

    private static <T> void add(FormatterRegistry registry, Class<T> type, Converter<String, T> reading) {
        registry.addConverter(String.class, type, reading);
    }

    private static PeerId peerId(String text) {
        try {
            return PeerId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableParameter(ProblemType.MALFORMED_PEER_ID,
                    e.getMessage() + "; expected text such as 16Uiu2…, 12D3Koo… or Qm…");
        }
    }

    private static Cid cid(String text) {
        try {
            return Cid.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableParameter(ProblemType.MALFORMED_CID, "'" + shortened(text) + "' is no CID ("
                    + e.getMessage() + "); expected a CID in any multibase, such as zDz…");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UnreadableParameter(ProblemType.MALFORMED_TIME, "'" + shortened(text)
                    + "' is no instant; expected ISO-8601 such as 2026-11-22T09:30:00Z");
        }
    }

    /** Reads a whole number from 0 to 2^63-1. */
    static long wholeNumber(String text, ProblemType otherwise, String what) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a negative one.
        }
        throw new UnreadableParameter(otherwise,
                "'" + shortened(text) + "' is no " + what + "; expected a whole number from 0 to 2^63-1");
    }

    private static <E extends Enum<E>> void addWords(FormatterRegistry registry, Class<E> type) {
        add(registry, type, text -> word(type, text));
    }

    /** The value that a word stands for. */
    static <E extends Enum<E>> E word(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(value -> wordOf(value).equals(text)).findFirst()
                .orElseThrow(() -> new UnreadableParameter(ProblemType.UNKNOWN_VALUE, "'" + shortened(text)
                        + "' is unknown; expected one of " + String.join(", ", wordsOf(type))));
    }

    /** The words that stand for the values of an enum. */
    static <E extends Enum<E>> List<String> wordsOf(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(ParameterReading::wordOf).toList();
    }

    /** Every enum that the API reads is written in lower case with hyphens. */
    static String wordOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As much of a client's text as fits in a sentence. */
    static String shortened(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
