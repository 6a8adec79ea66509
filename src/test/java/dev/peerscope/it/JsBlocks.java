package dev.peerscope.it;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Blocks as a {@link JsPeer} is told of them, one address or several of one tree, with a price where they are claimed. */
record JsBlocks(Map<String, Object> json) {

    JsBlocks {
        json = Map.copyOf(json);
    }

    static JsBlocks block(String cid) {
        return new JsBlocks(Map.of("cid", cid));
    }

    static JsBlocks leaf(String treeCid, long index) {
        return new JsBlocks(Map.of("treeCid", treeCid, "index", index));
    }

    /** Leaves in the form {@code 0-9,12}. */
    static JsBlocks leaves(String treeCid, String indices) {
        return new JsBlocks(Map.of("treeCid", treeCid, "indices", indices));
    }

    JsBlocks at(String price) {
        var priced = new LinkedHashMap<>(json);
        priced.put("price", price);
        return new JsBlocks(priced);
    }

    static List<Map<String, Object>> list(JsBlocks... blocks) {
        return List.of(blocks).stream().map(JsBlocks::json).toList();
    }
}
