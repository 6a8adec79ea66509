package dev.peerscope.wire.codex;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

import tools.jackson.databind.JsonNode;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.Price;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.message.Account;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.Payment;
import dev.peerscope.message.PresenceType;
import dev.peerscope.message.WantList;
import dev.peerscope.message.WantListEntry;
import dev.peerscope.message.WantType;
import dev.peerscope.vectors.GoldenVectors;

/** Reads what a golden vector says a message means. Presences come one by one here, as they stand in the JSON. */
final class ExpectedMessages {

    private ExpectedMessages() {}

    static ExchangeMessage read(JsonNode value) {
        return value.has("count") ? readLong(value) : readWhole(value);
    }

    /** The two vectors of 1,024 records are described: leaf i of one tree each, free of charge, or asked for. */
    private static ExchangeMessage readLong(JsonNode value) {
        Cid treeCid = cid(value.get("treeCid"));
        List<BlockAddress> leaves = LongStream.range(0, value.get("count").asLong())
                .<BlockAddress>mapToObj(index -> new BlockAddress.Leaf(treeCid, index)).toList();
        if (value.has("full")) {
            List<WantListEntry> entries = leaves.stream()
                    .map(leaf -> new WantListEntry(leaf, 0, false, WantType.HAVE, false)).toList();
            return ExchangeMessage.of(new WantList(entries, value.get("full").asBoolean()));
        }
        return ExchangeMessage
                .ofPresences(leaves.stream().map(leaf -> BlockPresence.have(BlockSet.of(leaf), Price.ZERO)).toList());
    }

    private static ExchangeMessage readWhole(JsonNode value) {
        List<WantListEntry> entries = list(value.get("wantList").get("entries"), ExpectedMessages::entry);
        return new ExchangeMessage(new WantList(entries, value.get("wantList").get("full").asBoolean()),
                list(value.get("payload"), ExpectedMessages::delivery),
                list(value.get("blockPresences"), ExpectedMessages::presence),
                Long.parseUnsignedLong(value.get("pendingBytes").asString()),
                account(GoldenVectors.hex(value.get("account").get("addressHex"))),
                Optional.of(value.get("payment").get("updateUtf8").asString()).filter(text -> !text.isEmpty())
                        .map(Payment::new),
                List.of());
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        return array.valueStream().map(element).toList();
    }

    private static WantListEntry entry(JsonNode entry) {
        WantType type = switch (entry.get("wantType").asString()) {
            case "WantBlock" -> WantType.BLOCK;
            case "WantHave" -> WantType.HAVE;
            case String other -> throw new IllegalArgumentException(other);
        };
        return new WantListEntry(address(entry.get("address")), entry.get("priority").asInt(),
                entry.get("cancel").asBoolean(), type, entry.get("sendDontHave").asBoolean());
    }

    private static BlockPresence presence(JsonNode presence) {
        PresenceType type = switch (presence.get("type").asString()) {
            case "Have" -> PresenceType.HAVE;
            case "DontHave" -> PresenceType.DONT_HAVE;
            case String other -> throw new IllegalArgumentException(other);
        };
        Price price = Price.of(new BigInteger(presence.get("priceDecimal").asString()));
        return new BlockPresence(BlockSet.of(address(presence.get("address"))), type, price);
    }

    private static BlockDelivery delivery(JsonNode delivery) {
        JsonNode block = delivery.get("blk");
        return new BlockDelivery(address(delivery.get("address")),
                new Block(cid(block.get("cid")), GoldenVectors.hex(block.get("dataHex"))),
                Optional.ofNullable(delivery.get("proof")).filter(proof -> !proof.isNull())
                        .map(proof -> MerkleProof.decode(GoldenVectors.hex(proof.get("encodedHex")))));
    }

    private static BlockAddress address(JsonNode address) {
        return address.get("leaf").asBoolean()
                ? new BlockAddress.Leaf(cid(address.get("treeCid")), Long.parseLong(address.get("index").asString()))
                : new BlockAddress.Standalone(cid(address.get("cid")));
    }

    private static Cid cid(JsonNode cid) {
        return Cid.decode(GoldenVectors.hex(cid.get("hex")));
    }

    private static Optional<Account> account(byte[] address) {
        return Optional.of(address).filter(bytes -> bytes.length == Account.LENGTH).map(Account::of);
    }

    /** The message with each run of presences taken apart, one block a presence, so that grouping does not matter. */
    static ExchangeMessage ungrouped(ExchangeMessage message) {
        List<BlockPresence> single = message.presences().stream()
                .flatMap(run -> run.blocks().addresses()
                        .map(address -> new BlockPresence(BlockSet.of(address), run.type(), run.price())))
                .toList();
        return new ExchangeMessage(message.wantList(), message.deliveries(), single, message.pendingBytes(),
                message.account(), message.payment(), message.rejected());
    }

    /** The bytes with their length in front, as they stand on a stream. */
    static byte[] framed(byte[]... messages) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        Arrays.stream(messages).forEach(message -> {
            int rest = message.length;
            while (rest > 0x7f) {
                stream.write(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            stream.write(rest);
            stream.writeBytes(message);
        });
        return stream.toByteArray();
    }
}
