package dev.peerscope.vectors;

import tools.jackson.databind.JsonNode;

/**
 * Bytes that the real implementation wrote, and what they mean.
 *
 * @param name  the name in the index
 * @param kind  what was encoded
 * @param bytes the bytes, not to be modified
 * @param value the meaning; its fields depend on the kind
 */
public record GoldenVector(String name, String kind, byte[] bytes, JsonNode value) {

    @Override
    public String toString() {
        return name;
    }
}
