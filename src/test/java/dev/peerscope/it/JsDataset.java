package dev.peerscope.it;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A dataset that a {@link JsPeer} has made.
 *
 * @param size
 *            in bytes
 * @param leafCids
 *            the blocks' own, by index
 */
record JsDataset(String manifestCid, String treeCid, int blocks, long size, List<String> leafCids) {

    static JsDataset of(JsonNode json) {
        return new JsDataset(json.get("manifestCid").asString(), json.get("treeCid").asString(),
                json.get("blocks").asInt(), json.get("size").asLong(),
                json.get("leafCids").valueStream().map(JsonNode::asString).toList());
    }
}
