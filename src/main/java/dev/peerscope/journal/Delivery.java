package dev.peerscope.journal;

/** What a subscription hands to its reader. */
public sealed interface Delivery {

    /** The next entry that the reader wishes to see. */
    record Change(JournalEntry entry) implements Delivery {}

    /**
     * Entries that this reader does not get; the next one that it can get is {@code to + 1}.
     *
     * @param from the first one
     * @param to the last one; below {@code from} when there is none, which only happens with {@link GapReason#AHEAD}
     */
    record Gap(long from, long to, GapReason reason) implements Delivery {}

    /** Nothing for as long as the reader wished to wait. */
    record Idle() implements Delivery {}

    /** Nothing will follow: the journal or the subscription was closed and everything before has been handed over. */
    record End() implements Delivery {}

    /** Why a reader does not get some entries. */
    enum GapReason {
        /** They are no longer retained. */
        FORGOTTEN("forgotten"),
        /** They were never kept: the history could not follow, or its disk failed. */
        NOT_RECORDED("not-recorded"),
        /**
         * The reader knows of an entry that this journal has not reached: its numbers are those of an earlier run, so nothing
         * of this run has reached it.
         */
        AHEAD("ahead");

        private final String text;

        GapReason(String text) {
            this.text = text;
        }

        /** The word used by the API. */
        public String text() {
            return text;
        }
    }
}
