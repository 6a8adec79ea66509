package dev.peerscope.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Cid;
import dev.peerscope.block.InvalidBlockRanges;
import dev.peerscope.limit.LimitName;
import dev.peerscope.node.WantedContent;
import dev.peerscope.view.Examples;

/** The body that makes a watch or a download: one of four forms. */
@Schema(name = "ContentRequest", description = "What to watch or download, in one of four forms: `manifestCid`; `treeCid` and "
        + "`blockCount`; `treeCid` and `ranges`; or `cids`.", example = "{\"manifestCid\": \"" + Examples.MANIFEST_CID
                + "\"}")
record ContentRequest(
        @Schema(description = "CID of a dataset's manifest", example = Examples.MANIFEST_CID) @Nullable String manifestCid,
        @Schema(description = "CID of a dataset's tree", example = Examples.TREE_CID) @Nullable String treeCid,
        @Schema(description = "How many leaves the tree has", example = "1024") @Nullable Long blockCount,
        @Schema(description = "Indices of leaves as inclusive ranges", example = "0-499,510") @Nullable String ranges,
        @Schema(description = "CIDs of blocks on their own, hashed by sha2-256, at most 10,000", example = "[\""
                + Examples.BLOCK_CID
                + "\"]") @Nullable List<@Nullable String> cids) {

    /** The content that is meant. */
    WantedContent content() {
        return switch (form()) {
            case "manifestCid" -> new WantedContent.OfManifest(cid("manifestCid", manifestCid));
            case "treeCid,blockCount" -> ofTree();
            case "treeCid,ranges" -> new WantedContent.OfRanges(cid("treeCid", treeCid), indices());
            case "cids" -> new WantedContent.OfBlocks(blocks());
            default ->
                throw malformed("give either manifestCid, or treeCid and blockCount, or treeCid and ranges, or cids"
                        + (form().isEmpty() ? "" : "; found " + form()));
        };
    }

    /** The names of the fields that are there. */
    private String form() {
        return String.join(",", Stream.of(name("manifestCid", manifestCid), name("treeCid", treeCid),
                name("blockCount", blockCount), name("ranges", ranges), name("cids", cids)).filter(Objects::nonNull)
                .toList());
    }

    private static @Nullable String name(String name, @Nullable Object value) {
        return value == null ? null : name;
    }

    private WantedContent ofTree() {
        long leaves = Objects.requireNonNull(blockCount);
        if (leaves < 1) {
            throw malformed("blockCount: a tree has at least 1 leaf, not " + leaves);
        }
        return new WantedContent.OfTree(cid("treeCid", treeCid), leaves);
    }

    private BlockRanges indices() {
        try {
            var indices = BlockRanges.parse(Objects.requireNonNull(ranges));
            if (!indices.isEmpty()) {
                return indices;
            }
            throw malformed("ranges: expected at least one index, such as 0-499,510");
        } catch (InvalidBlockRanges e) {
            throw malformed("ranges: " + e.getMessage() + "; expected inclusive ranges such as 0-499,510");
        }
    }

    private List<Cid> blocks() {
        var texts = Objects.requireNonNull(cids);
        if (texts.size() > RequestLimits.CIDS_MAX) {
            throw new ApiProblem(Problem.of(ProblemType.TOO_LARGE, found(texts)).withLimit(LimitName.REQUEST_CIDS),
                    null);
        }
        if (texts.isEmpty()) {
            throw malformed(found(texts));
        }
        List<Cid> parsed = new ArrayList<>(texts.size());
        for (var text : texts) {
            parsed.add(cid("cids[" + parsed.size() + "]", text));
        }
        return parsed;
    }

    private static String found(List<?> cids) {
        return "cids: expected 1 to " + RequestLimits.CIDS_MAX + " CIDs, found " + cids.size();
    }

    private static Cid cid(String field, @Nullable String text) {
        if (text == null) {
            throw malformed(field + ": expected a CID, found null");
        }
        return ApiProblem.cid(field, text);
    }

    private static ApiProblem malformed(String detail) {
        return new ApiProblem(ProblemType.MALFORMED_BODY, detail);
    }
}
