package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Price;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;

/**
 * Answers, requests and cancels for one peer that have not left yet: they gather while an input is handled and leave together. A
 * message is made when the peer takes it: while {@link #UNWRITTEN_MAX} of its kind have not been written, the rest waits here.
 */
final class Outbox {

    static final int MESSAGE_MAX = 1_024;
    /** Messages of answers that have not been written, and as many of requests and cancels. */
    static final int UNWRITTEN_MAX = 2;
    /** Tokens of all messages of answers, and of all of requests and cancels; {@link PeerRefresh} uses positive ones. */
    private static final long ANSWERS = -1;
    private static final long ENTRIES = -2;

    /** What an answer takes about a leaf of a tree that others are about as well, about a single block, and about a further tree. */
    private static final long LEAF_BYTES = 8;
    private static final long SINGLE_BYTES = 200;
    private static final long TREE_BYTES = 250;
    /** A request or a cancel. */
    private static final long ENTRY_BYTES = 160;

    private final PeerContext context;
    private final Outputs outputs;
    private final int answersMax;

    private final AddressSet haves = new AddressSet();
    private final AddressSet denials = new AddressSet();
    private long answers;
    private long answersTurnedAway;
    private long answerBytes;
    private Price price = Price.ZERO;
    /** At most one entry per block: of two the later one counts. */
    private final Map<BlockAddress, WantListEntry> entries = new LinkedHashMap<>();
    private int unwrittenAnswers;
    private int unwrittenEntries;

    Outbox(PeerContext context, EngineBasics basics) {
        this.context = context;
        this.outputs = basics.outputs();
        this.answersMax = basics.limits().peerAnswers();
    }

    /** Tells the peer whether we hold a block, and what we ask now for it and for all others that it has not been told of. */
    void answer(BlockAddress address, boolean held, Price each) {
        outputs.filled(this);
        price = each;
        if (haves.contains(address) || denials.contains(address)) {
            haves.remove(address);
            denials.remove(address);
        } else if (answers == answersMax) {
            answersTurnedAway++;
            return;
        } else {
            answers++;
            answerBytes += bytesOf(address);
        }
        (held ? haves : denials).add(address);
    }

    /** Asks the peer for a block, or withdraws that; bounded by the requests open with one peer. */
    void entry(WantListEntry entry) {
        outputs.filled(this);
        entries.remove(entry.address());
        entries.put(entry.address(), entry);
    }

    /** A message has been written, or never will be. Returns whether it was one from here; then the next may leave. */
    boolean left(long token) {
        if (token == ANSWERS) {
            unwrittenAnswers--;
        } else if (token == ENTRIES) {
            unwrittenEntries--;
        } else {
            return false;
        }
        outputs.filled(this);
        return true;
    }

    /** Makes messages of what has gathered, as many as the peer takes. */
    void flush() {
        if (answersTurnedAway > 0) {
            outputs.limitMet(LimitName.PEER_ANSWERS, Optional.of(context.peer()), answersTurnedAway);
            answersTurnedAway = 0;
        }
        if (!context.isSilenced()) {
            flushAnswers();
            flushEntries();
        }
        tellUse();
    }

    /** The peer is gone. */
    void clear() {
        forgetAnswers();
        entries.clear();
        tellUse();
    }

    private void tellUse() {
        context.use().count(LimitName.PEER_ANSWERS, answers);
        context.use().set(MemoryKind.ANSWERS, answerBytes + ENTRY_BYTES * entries.size());
    }

    private long bytesOf(BlockAddress address) {
        return switch (address) {
            case BlockAddress.Leaf(var tree, _) ->
                haves.leaves(tree).isEmpty() && denials.leaves(tree).isEmpty() ? TREE_BYTES : LEAF_BYTES;
            case BlockAddress.Standalone _ -> SINGLE_BYTES;
        };
    }

    /** Haves before denials. */
    private void flushAnswers() {
        while (answers > 0 && unwrittenAnswers < UNWRITTEN_MAX) {
            AddressSet have = new WantWalk(haves).take(MESSAGE_MAX);
            AddressSet lack = new WantWalk(denials).take(MESSAGE_MAX - (int) have.size());
            List<BlockPresence> presences = new ArrayList<>();
            have.toBlockSets().forEach(blocks -> presences.add(BlockPresence.have(blocks, price)));
            lack.toBlockSets().forEach(blocks -> presences.add(BlockPresence.dontHave(blocks)));
            haves.removeAll(have);
            denials.removeAll(lack);
            long leaving = have.size() + lack.size();
            answerBytes -= answerBytes * leaving / answers;
            answers -= leaving;
            unwrittenAnswers++;
            send(ExchangeMessage.ofPresences(presences), ANSWERS);
        }
    }

    private void forgetAnswers() {
        haves.clear();
        denials.clear();
        answers = 0;
        answerBytes = 0;
    }

    private void flushEntries() {
        while (!entries.isEmpty() && unwrittenEntries < UNWRITTEN_MAX) {
            List<WantListEntry> part = entries.values().stream().limit(MESSAGE_MAX).toList();
            part.forEach(entry -> entries.remove(entry.address()));
            unwrittenEntries++;
            send(ExchangeMessage.of(new WantList(part, false)), ENTRIES);
        }
    }

    private void send(ExchangeMessage message, long token) {
        outputs.add(new EngineOutput.Send(context.peer(), context.session(), message, token));
    }
}
