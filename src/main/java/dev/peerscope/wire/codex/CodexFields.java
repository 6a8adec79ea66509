package dev.peerscope.wire.codex;

/** The field numbers of Codex's {@code message.proto}, by message. */
final class CodexFields {

    private CodexFields() {}

    /** {@code Message}; there is no field 2. */
    static final class Message {
        static final int WANT_LIST = 1;
        static final int DELIVERY = 3;
        static final int PRESENCE = 4;
        static final int PENDING_BYTES = 5;
        static final int ACCOUNT = 6;
        static final int PAYMENT = 7;

        private Message() {}
    }

    /** {@code WantList}. */
    static final class WantList {
        static final int ENTRY = 1;
        static final int FULL = 2;

        private WantList() {}
    }

    /** {@code WantList.Entry}. */
    static final class Entry {
        static final int ADDRESS = 1;
        static final int PRIORITY = 2;
        static final int CANCEL = 3;
        static final int WANT_TYPE = 4;
        static final int SEND_DONT_HAVE = 5;

        private Entry() {}
    }

    /** {@code BlockAddress}: a leaf has a tree and an index, any other block a CID. */
    static final class Address {
        static final int LEAF = 1;
        static final int TREE_CID = 2;
        static final int INDEX = 3;
        static final int CID = 4;

        private Address() {}
    }

    /** {@code BlockDelivery}. */
    static final class Delivery {
        static final int CID = 1;
        static final int DATA = 2;
        static final int ADDRESS = 3;
        static final int PROOF = 4;

        private Delivery() {}
    }

    /** {@code BlockPresence}. */
    static final class Presence {
        static final int ADDRESS = 1;
        static final int TYPE = 2;
        static final int PRICE = 3;

        private Presence() {}
    }

    /** {@code AccountMessage}. */
    static final class Account {
        static final int ADDRESS = 1;

        private Account() {}
    }

    /** {@code StateChannelUpdate}. */
    static final class Payment {
        static final int UPDATE = 1;

        private Payment() {}
    }

    /** The numbers of the two enumerations. */
    static final class Values {
        static final int WANT_BLOCK = 0;
        static final int WANT_HAVE = 1;
        static final int HAVE = 0;
        static final int DONT_HAVE = 1;

        private Values() {}
    }
}
