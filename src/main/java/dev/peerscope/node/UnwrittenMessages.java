package dev.peerscope.node;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

import io.netty.buffer.ByteBuf;

/** The messages to one peer that the socket has not taken, in order, with their sums. Guarded by its lane. */
final class UnwrittenMessages {

    private final Deque<OutgoingMessage> messages = new ArrayDeque<>();
    private long memory;
    private long length;
    private long taken;
    private final LongConsumer memoryChanged;

    /** @param memoryChanged takes by how many bytes the memory of all of them changes */
    UnwrittenMessages(LongConsumer memoryChanged) {
        this.memoryChanged = memoryChanged;
    }

    void add(OutgoingMessage message) {
        messages.add(message);
        count(message, 1);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The one to be written next, or being written; there must be one. */
    OutgoingMessage first() {
        return messages.getFirst();
    }

    /** The first is these bytes from now on. */
    void firstBecomes(ByteBuf encoded) {
        count(first(), -1);
        first().becomes(encoded);
        count(first(), 1);
    }

    /** The socket has taken the first. */
    void firstWritten() {
        var written = messages.removeFirst();
        count(written, -1);
        taken += written.length();
        written.release();
    }

    /** Nothing of this will be written. */
    List<OutgoingMessage> clear() {
        var all = List.copyOf(messages);
        all.forEach(OutgoingMessage::release);
        messages.clear();
        memoryChanged.accept(-memory);
        memory = 0;
        length = 0;
        return all;
    }

    /** Bytes that they take in memory, roughly. */
    long memory() {
        return memory;
    }

    /** @param takenOfFirst bytes of the first that the socket has taken */
    ReadingWatch.Queue queue(long takenOfFirst) {
        return new ReadingWatch.Queue(length - takenOfFirst, taken + takenOfFirst);
    }

    private void count(OutgoingMessage message, int times) {
        long change = (long) times * message.memory();
        memory += change;
        memoryChanged.accept(change);
        length += (long) times * message.length();
    }
}
