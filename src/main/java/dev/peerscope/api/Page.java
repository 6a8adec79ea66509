package dev.peerscope.api;

import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.view.Examples;

/** Some items of a list, and where the next ones are. */
record Page<T>(@Schema(description = "The items of this page") List<T> items,
        @Schema(description = "Give this as `cursor` to get the next page; absent on the last one", example = Examples.CURSOR) @Nullable String nextCursor) {

    Page {
        items = List.copyOf(items);
    }

    /** A list that is always whole. */
    static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
