package dev.peerscope.api;

import io.swagger.v3.oas.annotations.media.Schema;
import dev.peerscope.journal.Delivery.Gap;

/** Changes that a reader of the stream does not get. */
@Schema(name = "Gap", description = "Changes that this reader does not get; what follows begins after `to`.")
record GapView(@Schema(description = "The first one", example = "1001") long from,
        @Schema(description = "The last one", example = "1811") long to,
        @Schema(description = "`forgotten`: no longer kept; `not-recorded`: never kept, as the history could not follow or its disk failed; `ahead`: the last id is not one of this journal's, so nothing of it "
                + "has been read", allowableValues = {
                        "forgotten", "not-recorded", "ahead"}, example = "forgotten") String reason) {

    static GapView of(Gap gap) {
        return new GapView(gap.from(), gap.to(), gap.reason().text());
    }
}
