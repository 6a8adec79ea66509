package dev.peerscope.view;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import dev.peerscope.block.Cid;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.EngineReader.HolderStatus;
import dev.peerscope.node.Download;
import dev.peerscope.node.DownloadState;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.WantedContent;

/** Downloads and how far they have come. */
public final class DownloadViews {

    private final ExchangeNode node;
    private final EngineQuestions engine;

    /** Views of the downloads of this node. */
    public DownloadViews(ExchangeNode node) {
        this.node = node;
        this.engine = new EngineQuestions(node);
    }

    /** Some of the downloads, the oldest first. */
    public Slice<DownloadView, MadeKey> list(Optional<MadeKey> after, int limit) {
        var downloads = MadeKey.following(after, limit, node.downloads().all(), DownloadViews::keyOf);
        return engine
                .ask(reader -> Slice.of(downloads, limit, download -> shape(download, reader), DownloadViews::keyOf));
    }

    /** The download with this id. */
    public Optional<DownloadView> find(String id) {
        return node.downloads().find(id).map(this::of);
    }

    /** The view of a download. */
    public DownloadView of(Download download) {
        return engine.ask(reader -> shape(download, reader));
    }

    private static MadeKey keyOf(Download download) {
        return new MadeKey(download.startedAt(), download.id());
    }

    private static DownloadView shape(Download download, EngineReader reader) {
        var bytesTotal = download.bytesTotal();
        return new DownloadView(download.id(), download.state().text(), treeCid(download.content()),
                manifestCid(download.content()), download.blocksDone(), download.blocksTotal(), download.bytesDone(),
                bytesTotal.isPresent() ? bytesTotal.getAsLong() : null, download.rateBytesPerSecond(),
                etaSeconds(download), reader.holder(download.id()).map(HolderStatus::peers).orElse(0),
                download.startedAt(), download.finishedAt().orElse(null), download.failure().orElse(null));
    }

    private static @Nullable Long etaSeconds(Download download) {
        long rate = download.rateBytesPerSecond();
        if (download.state() != DownloadState.RUNNING || download.bytesTotal().isEmpty() || rate <= 0) {
            return null;
        }
        return Math.ceilDiv(Math.max(0, download.bytesTotal().getAsLong() - download.bytesDone()), rate);
    }

    private static @Nullable String treeCid(WantedContent content) {
        return switch (content) {
            case WantedContent.OfTree(Cid treeCid, long _) -> treeCid.toString();
            case WantedContent.OfRanges(Cid treeCid, var _) -> treeCid.toString();
            case WantedContent.OfManifest _,WantedContent.OfBlocks _ -> null;
        };
    }

    private static @Nullable String manifestCid(WantedContent content) {
        return switch (content) {
            case WantedContent.OfManifest(Cid manifestCid) -> manifestCid.toString();
            case WantedContent.OfTree _,WantedContent.OfRanges _,WantedContent.OfBlocks _ -> null;
        };
    }
}
