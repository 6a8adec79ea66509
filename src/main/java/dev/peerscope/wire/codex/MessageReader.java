package dev.peerscope.wire.codex;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import dev.peerscope.message.Account;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.message.Payment;
import dev.peerscope.message.WantList;
import dev.peerscope.wire.ProtobufReader;
import dev.peerscope.wire.ProtocolViolation;
import dev.peerscope.wire.ProtocolViolation.Rule;
import dev.peerscope.wire.Slice;
import dev.peerscope.wire.WireLimits;

/**
 * Reads one message after the other from the bytes of a frame.
 *
 * <p>Repeated parts are read as they pass. Of the others the last one counts, as in the real decoder, so they are only
 * marked on the way and read at the end.
 */
final class MessageReader {

    private static final int WANT_LIST = CodexFields.Message.WANT_LIST << 3 | 2;
    private static final int DELIVERY = CodexFields.Message.DELIVERY << 3 | 2;
    private static final int PRESENCE = CodexFields.Message.PRESENCE << 3 | 2;
    private static final int PENDING_BYTES = CodexFields.Message.PENDING_BYTES << 3;
    private static final int ACCOUNT = CodexFields.Message.ACCOUNT << 3 | 2;
    private static final int PAYMENT = CodexFields.Message.PAYMENT << 3 | 2;

    private static final int ACCOUNT_ADDRESS = CodexFields.Account.ADDRESS << 3 | 2;
    private static final int PAYMENT_UPDATE = CodexFields.Payment.UPDATE << 3 | 2;

    private final ProtobufReader in;
    private final Rejections rejections = new Rejections();
    private final WantListReader wantLists;
    private final DeliveryReader deliveries;
    private final PresenceReader presences;
    private final int paymentLengthMax;

    MessageReader(WireLimits limits) {
        in = new ProtobufReader(limits.unknownFieldsMax());
        AddressReader address = new AddressReader(in, limits.cidLengthMax());
        wantLists = new WantListReader(in, address, rejections, limits.wantListEntriesMax());
        deliveries = new DeliveryReader(in, address, rejections, limits);
        presences = new PresenceReader(in, address, rejections, limits.presencesMax());
        paymentLengthMax = limits.paymentLengthMax();
    }

    /**
     * The message in these bytes, which may be overwritten afterwards.
     *
     * @throws ProtocolViolation when it breaks a rule that costs the connection
     */
    ExchangeMessage read(byte[] bytes, int from, int to) {
        long wantListBytes = Slice.ABSENT;
        long accountBytes = Slice.ABSENT;
        long paymentBytes = Slice.ABSENT;
        long pendingBytes = 0;
        in.open(bytes, from, to);
        deliveries.begin();
        presences.begin();
        while (in.next()) {
            switch (in.tag()) {
                case WANT_LIST -> wantListBytes = in.slice();
                case DELIVERY -> {
                    long delivery = in.slice();
                    long rest = in.rest();
                    deliveries.read(delivery);
                    in.enter(rest);
                }
                case PRESENCE -> {
                    long presence = in.slice();
                    long rest = in.rest();
                    presences.read(presence);
                    in.enter(rest);
                }
                case PENDING_BYTES -> pendingBytes = in.varint();
                case ACCOUNT -> accountBytes = in.slice();
                case PAYMENT -> paymentBytes = in.slice();
                default -> in.skipUnknown();
            }
        }
        WantList wantList = wantLists.read(wantListBytes);
        Optional<Account> account = readAccount(accountBytes);
        Optional<Payment> payment = readPayment(paymentBytes);
        in.close();
        return new ExchangeMessage(wantList, deliveries.take(), presences.take(), pendingBytes, account, payment,
                rejections.take());
    }

    /** Anything but 20 bytes is no account, and no fault either: Codex writes an empty one where it has none. */
    private Optional<Account> readAccount(long slice) {
        long address = lastBytes(slice, ACCOUNT_ADDRESS);
        if (Slice.isAbsent(address) || Slice.length(address) != Account.LENGTH) {
            return Optional.empty();
        }
        return Optional.of(Account.of(Arrays.copyOfRange(in.array(), Slice.from(address), Slice.to(address))));
    }

    /** Nothing is no payment: Codex writes an empty one where it has none. What is no UTF-8 cannot be JSON. */
    private Optional<Payment> readPayment(long slice) {
        long update = lastBytes(slice, PAYMENT_UPDATE);
        if (Slice.isAbsent(update) || Slice.length(update) == 0) {
            return Optional.empty();
        }
        if (Slice.length(update) > paymentLengthMax) {
            throw new ProtocolViolation(Rule.PAYMENT_TOO_LONG, "a payment of " + Slice.length(update)
                    + " bytes, at most " + paymentLengthMax + " are accepted");
        }
        try {
            ByteBuffer utf8 = ByteBuffer.wrap(in.array(), Slice.from(update), Slice.length(update));
            return Optional.of(new Payment(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString()));
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** The one field that a small message has. */
    private long lastBytes(long slice, int tag) {
        long last = Slice.ABSENT;
        if (!Slice.isAbsent(slice)) {
            in.enter(slice);
            while (in.next()) {
                if (in.tag() == tag) {
                    last = in.slice();
                } else {
                    in.skipUnknown();
                }
            }
        }
        return last;
    }
}
