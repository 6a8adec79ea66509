package dev.peerscope.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import dev.peerscope.engine.EngineInput.MessageReceived;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.MemoryKind;

/**
 * What waits for the engine's thread, in three lanes.
 *
 * <p>
 * <b>Commands</b> (joins, leaves, deadlines, results, wants) are bounded by what causes them: connections, deliveries under
 * way, watches. <b>Questions</b> are bounded by number; a further one is turned away. <b>Messages</b> are bounded by number
 * and weight: over the bound, and while little memory is left for all peers, a connection that has one waiting is no longer read until
 * half of the room is free again or its last has been taken. What had been read of it already is kept, so nothing is lost. The next message is
 * taken from the connection of which the least weight was taken, so who brings much waits for itself.
 */
final class EngineInbox {

    /** Questions taken at once, after which a message has its turn. */
    private static final int QUESTIONS_AT_ONCE = 8;
    /** What a message weighs beside its bytes when turns are given. */
    private static final int MESSAGE_WEIGHT = 1_000;

    private final NodeLimits limits;
    private final BooleanSupplier messagesWelcome;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();

    private final Queue<EngineTask> commands = new ArrayDeque<>();
    private final Queue<EngineTask> questions = new ArrayDeque<>();
    private final Map<MessageSource, SourceQueue> sources = new HashMap<>();
    /** Sources with messages, the one of which least was taken first. */
    private final PriorityQueue<SourceQueue> turns = new PriorityQueue<>(
            Comparator.comparingLong((SourceQueue queue) -> queue.taken).thenComparingLong(queue -> queue.number));
    private final Set<SourceQueue> paused = new HashSet<>();
    /** Where the source stood of which a message was taken last; one that had nothing waiting goes on from there. */
    private long takenLast;
    private long sourcesSeen;
    private int messages;
    private boolean wokenUp;
    private long bytes;

    /**
     * @param messagesWelcome
     *            false while no message is to be taken; whoever makes it true again calls {@link #wakeUp()}
     */
    EngineInbox(NodeLimits limits, BooleanSupplier messagesWelcome) {
        this.limits = limits;
        this.messagesWelcome = messagesWelcome;
    }

    /** What the engine's thread handles next, in this order. */
    record Batch(List<EngineTask> commands, List<EngineTask> questions, Optional<MessageReceived> message) {}

    void command(EngineTask task) {
        locked(() -> {
            commands.add(task);
            arrival.signal();
        });
    }

    /** False when as many questions wait as may. */
    boolean question(EngineTask task) {
        lock.lock();
        try {
            if (questions.size() >= limits.questions()) {
                return false;
            }
            questions.add(task);
            arrival.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a message in any case.
     *
     * @param weight
     *            its size in bytes, roughly
     * @return the bound that it met and for which its source was paused, if it did
     */
    Optional<LimitName> message(MessageReceived message, int weight, MessageSource source) {
        // Before it can be taken.
        source.use().add(MemoryKind.INBOX, weight);
        lock.lock();
        try {
            var queue = sources.computeIfAbsent(source, one -> new SourceQueue(one, sourcesSeen++));
            if (queue.waiting.isEmpty()) {
                queue.taken = Math.max(queue.taken, takenLast);
                turns.add(queue);
            }
            queue.waiting.add(new Waiting(message, weight));
            messages++;
            bytes += weight;
            arrival.signal();
            var met = boundMet(queue);
            if (met.isPresent() && paused.add(queue)) {
                source.pauseReading();
                return met;
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Each source may have one message here, whatever others have brought. */
    private Optional<LimitName> boundMet(SourceQueue queue) {
        if (queue.waiting.size() == 1) {
            return Optional.empty();
        }
        if (messages > limits.inboxMessages()) {
            return Optional.of(LimitName.ENGINE_INBOX);
        }
        if (bytes > limits.inboxBytes() || queue.source.use().isMemoryShort()) {
            return Optional.of(LimitName.ENGINE_INBOX_BYTES);
        }
        return queue.waiting.size() > limits.connectionMessages()
                ? Optional.of(LimitName.CONNECTION_INBOX)
                : Optional.empty();
    }

    /** Makes its limits known. */
    void register(LimitRegister register) {
        register.register(LimitName.ENGINE_INBOX, limits.inboxMessages(), () -> counted(() -> messages));
        register.register(LimitName.ENGINE_INBOX_BYTES, limits.inboxBytes(), () -> counted(() -> bytes));
        register.register(LimitName.CONNECTION_INBOX, limits.connectionMessages(), () -> counted(
                () -> turns.stream().mapToInt(queue -> queue.waiting.size()).max().orElse(0)));
        register.register(LimitName.QUESTIONS, limits.questions(), () -> counted(questions::size));
    }

    private long counted(LongSupplier count) {
        lock.lock();
        try {
            return count.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** The source has ended: it is not paused or resumed any more. What it brought is still taken. */
    void forget(MessageSource source) {
        locked(() -> {
            var queue = sources.remove(source);
            if (queue != null) {
                paused.remove(queue);
            }
        });
    }

    /** Messages that wait. */
    int messageCount() {
        return (int) counted(() -> messages);
    }

    /** Waits until there is something, or for so long, or until woken up. Takes nothing. */
    void await(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = wait.toNanos();
            while (left > 0 && !wokenUp && commands.isEmpty() && questions.isEmpty() && !canTakeMessage()) {
                left = arrival.awaitNanos(left);
            }
            wokenUp = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what there is.
     *
     * <p>
     * A message is taken before commands are, so that a join which stands behind it is in the same batch or an earlier one,
     * and is handled first.
     */
    Batch take() {
        lock.lock();
        try {
            var batch = new Batch(new ArrayList<>(commands), new ArrayList<>(), takeMessage());
            commands.clear();
            while (!questions.isEmpty() && batch.questions.size() < QUESTIONS_AT_ONCE) {
                batch.questions.add(questions.remove());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    boolean hasNoCommands() {
        lock.lock();
        try {
            return commands.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the one who waits look around, though nothing has come. */
    void wakeUp() {
        locked(() -> {
            wokenUp = true;
            arrival.signal();
        });
    }

    /** Empties the two lanes of tasks. */
    List<EngineTask> drainTasks() {
        lock.lock();
        try {
            var all = new ArrayList<>(commands);
            all.addAll(questions);
            commands.clear();
            questions.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    private boolean canTakeMessage() {
        return !turns.isEmpty() && messagesWelcome.getAsBoolean();
    }

    private Optional<MessageReceived> takeMessage() {
        if (!canTakeMessage()) {
            return Optional.empty();
        }
        var queue = turns.remove();
        var next = queue.waiting.remove();
        takenLast = queue.taken;
        queue.taken += MESSAGE_WEIGHT + next.weight;
        removed(next);
        queue.source.use().add(MemoryKind.INBOX, -next.weight);
        if (!queue.waiting.isEmpty()) {
            turns.add(queue);
        }
        boolean othersWait = !queue.waiting.isEmpty() || paused.contains(queue);
        resumeWhereThereIsRoom(queue);
        return Optional.of(othersWait ? next.message.withOthersWaiting() : next.message);
    }

    private void removed(Waiting waiting) {
        messages--;
        bytes -= waiting.weight;
    }

    private void resumeWhereThereIsRoom(SourceQueue taken) {
        if (paused.isEmpty()) {
            return;
        }
        boolean little = messages > limits.inboxMessages() / 2 || bytes > limits.inboxBytes() / 2
                || taken.source.use().isMemoryShort();
        if (!little) {
            paused.removeIf(queue -> resumed(queue, limits.connectionMessages() / 2));
        } else if (paused.contains(taken) && resumed(taken, 0)) {
            paused.remove(taken);
        }
    }

    private static boolean resumed(SourceQueue queue, int waitingMax) {
        boolean room = queue.waiting.size() <= waitingMax;
        if (room) {
            queue.source.resumeReading();
        }
        return room;
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private record Waiting(MessageReceived message, int weight) {}

    private static final class SourceQueue {

        final MessageSource source;
        final long number;
        final Queue<Waiting> waiting = new ArrayDeque<>();
        /** Weight of the messages taken from it, counted on from where the others stood when it began to bring some. */
        long taken;

        SourceQueue(MessageSource source, long number) {
            this.source = source;
            this.number = number;
        }
    }
}
