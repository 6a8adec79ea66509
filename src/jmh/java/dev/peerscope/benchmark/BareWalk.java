package dev.peerscope.benchmark;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

/**
 * The baseline of decoding: reads every field of every presence record with {@link CodedInputStream} and makes nothing of it.
 * Whoever decodes with that class does at least this much.
 */
public final class BareWalk {

    private static final int LENGTH_DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    /** Whether byte strings (CIDs, prices) are copied out of the message, as a reader without tricks has to. */
    private final boolean copies;
    private long sum;

    public BareWalk(boolean copies) {
        this.copies = copies;
    }

    /** Walks one framed message; returns a number that depends on every field. */
    public long walk(byte[] framed) throws IOException {
        sum = 0;
        CodedInputStream in = CodedInputStream.newInstance(framed);
        int length = in.readRawVarint32();
        int limit = in.pushLimit(length);
        message(in);
        in.popLimit(limit);
        return sum;
    }

    /** Lengths of nested messages are those of the fields that hold them: records, addresses, and nothing deeper. */
    private void message(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 4) {
                int limit = in.pushLimit(in.readRawVarint32());
                presence(in);
                in.popLimit(limit);
            } else {
                in.skipField(tag);
            }
        }
    }

    private void presence(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                int limit = in.pushLimit(in.readRawVarint32());
                fields(in);
                in.popLimit(limit);
            } else {
                field(in, tag);
            }
        }
    }

    private void fields(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            field(in, tag);
        }
    }

    private void field(CodedInputStream in, int tag) throws IOException {
        if (WireFormat.getTagWireType(tag) != LENGTH_DELIMITED) {
            sum += in.readRawVarint64();
        } else if (copies) {
            sum += in.readByteArray().length;
        } else {
            int length = in.readRawVarint32();
            in.skipRawBytes(length);
            sum += length;
        }
    }
}
