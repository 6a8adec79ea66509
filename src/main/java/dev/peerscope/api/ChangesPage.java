package dev.peerscope.api;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.view.Examples;
import dev.peerscope.view.PresenceChangeView;

/** Some presence changes, where the next ones are, and what is missing among them. */
@Schema(name = "PresenceChangesPage", description = "Some presence changes, and where the next ones are.")
record ChangesPage(@Schema(description = "The changes of this page") List<PresenceChangeView> items,
        @Schema(description = "Give this as `cursor` to get the next page; absent on the last one", example = Examples.CURSOR) @Nullable String nextCursor,
        @Schema(description = "Numbers up to the last item of this page whose changes were never recorded, as the history could not "
                + "follow or its disk failed; absent when there are none", example = "[\"1001-1811\"]") @Nullable List<String> gaps) {

    static ChangesPage of(Page<PresenceChangeView> page, List<String> gaps) {
        return new ChangesPage(page.items(), page.nextCursor(), gaps.isEmpty() ? null : gaps);
    }
}
