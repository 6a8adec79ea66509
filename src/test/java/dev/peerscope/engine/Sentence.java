package dev.peerscope.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.PresenceType;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;

/** What one side says to the other about some blocks, in letters. */
record Sentence(Verb verb, String letters, Price price, int priority) {

    enum Verb {
        WANT_HAVE, WANT_HAVE_QUIETLY, WANT_BLOCK, CANCEL, HAVE, DONT_HAVE, DELIVER
    }

    static Sentence wantHave(String letters) {
        return new Sentence(Verb.WANT_HAVE, letters, Price.ZERO, 0);
    }

    /** Want-have without the wish to be told of what is not there. */
    static Sentence wantHaveQuietly(String letters) {
        return new Sentence(Verb.WANT_HAVE_QUIETLY, letters, Price.ZERO, 0);
    }

    static Sentence wantBlock(String letters) {
        return wantBlock(letters, 0);
    }

    static Sentence wantBlock(String letters, int priority) {
        return new Sentence(Verb.WANT_BLOCK, letters, Price.ZERO, priority);
    }

    static Sentence cancel(String letters) {
        return new Sentence(Verb.CANCEL, letters, Price.ZERO, 0);
    }

    static Sentence have(String letters) {
        return have(letters, 0);
    }

    static Sentence have(String letters, long price) {
        return new Sentence(Verb.HAVE, letters, Price.of(price), 0);
    }

    static Sentence dontHave(String letters) {
        return new Sentence(Verb.DONT_HAVE, letters, Price.ZERO, 0);
    }

    static Sentence deliver(String letters) {
        return new Sentence(Verb.DELIVER, letters, Price.ZERO, 0);
    }

    ExchangeMessage message() {
        return switch (verb) {
            case WANT_HAVE, WANT_HAVE_QUIETLY, WANT_BLOCK, CANCEL ->
                ExchangeMessage.of(new WantList(Letters.blocks(letters).stream().map(this::entry).toList(), false));
            case HAVE -> ExchangeMessage.ofPresences(
                    Letters.sets(letters).stream().map(blocks -> BlockPresence.have(blocks, price)).toList());
            case DONT_HAVE ->
                ExchangeMessage.ofPresences(Letters.sets(letters).stream().map(BlockPresence::dontHave).toList());
            case DELIVER -> ExchangeMessage.ofDeliveries(Letters.blocks(letters).stream().map(
                    address -> new BlockDelivery(address, Block.of(CodexCodec.BLOCK, new byte[10]), Optional.empty()))
                    .toList());
        };
    }

    private WantListEntry entry(BlockAddress address) {
        boolean block = verb == Verb.WANT_BLOCK;
        return new WantListEntry(address, priority, verb == Verb.CANCEL, block ? WantType.BLOCK : WantType.HAVE,
                verb == Verb.WANT_HAVE);
    }

    /** One message that says all of these, in this order. */
    static ExchangeMessage message(Sentence... sentences) {
        List<WantListEntry> entries = new ArrayList<>();
        List<BlockDelivery> deliveries = new ArrayList<>();
        List<BlockPresence> presences = new ArrayList<>();
        for (Sentence sentence : sentences) {
            ExchangeMessage part = sentence.message();
            entries.addAll(part.wantList().entries());
            deliveries.addAll(part.deliveries());
            presences.addAll(part.presences());
        }
        return new ExchangeMessage(new WantList(entries, false), deliveries, presences, 0, Optional.empty(),
                Optional.empty(), List.of());
    }

    /** What a message of ours says, per verb in one sentence with its letters in order. */
    static List<Sentence> of(List<ExchangeMessage> messages) {
        var letters = new TreeMap<Verb, StringBuilder>();
        for (ExchangeMessage message : messages) {
            for (WantListEntry entry : message.wantList().entries()) {
                letters.computeIfAbsent(verbOf(entry), _ -> new StringBuilder())
                        .append(Letters.letterOf(entry.address()));
            }
            for (BlockPresence presence : message.presences()) {
                Verb verb = presence.type() == PresenceType.HAVE ? Verb.HAVE : Verb.DONT_HAVE;
                presence.blocks().addresses().forEach(address -> letters
                        .computeIfAbsent(verb, _ -> new StringBuilder()).append(Letters.letterOf(address)));
            }
        }
        return letters.entrySet().stream()
                .map(said -> new Sentence(said.getKey(), said.getValue().toString(), Price.ZERO, 0)).toList();
    }

    private static Verb verbOf(WantListEntry entry) {
        if (entry.cancel()) {
            return Verb.CANCEL;
        }
        return switch (entry.wantType()) {
            case BLOCK -> Verb.WANT_BLOCK;
            case HAVE -> entry.sendDontHave() ? Verb.WANT_HAVE : Verb.WANT_HAVE_QUIETLY;
        };
    }

    @Override
    public String toString() {
        return verb + "(" + letters + ")";
    }
}
