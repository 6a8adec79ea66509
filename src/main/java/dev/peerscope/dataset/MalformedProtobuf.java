package dev.peerscope.dataset;

/** Bytes that are no protobuf message. Decoders of this package translate it into their own refusal. */
final class MalformedProtobuf extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String finding;

    MalformedProtobuf(String finding) {
        super(finding);
        this.finding = finding;
    }

    /** What is wrong with the bytes. */
    String finding() {
        return finding;
    }
}
