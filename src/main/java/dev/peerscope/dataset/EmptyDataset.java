package dev.peerscope.dataset;

/** Data without a single byte, which Codex cannot make a dataset of: its tree would have no leaves. */
public final class EmptyDataset extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    EmptyDataset() {
        super("there is no data: a dataset needs at least one byte");
    }
}
