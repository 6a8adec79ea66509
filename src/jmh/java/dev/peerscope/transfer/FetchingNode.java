package dev.peerscope.transfer;

import dev.peerscope.benchmark.UsedHeap;
import dev.peerscope.block.Cid;
import dev.peerscope.node.Download;
import dev.peerscope.node.DownloadState;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.WantedContent;
import dev.peerscope.peer.PeerAddress;

/**
 * A node in a process of its own: {@code <address> <tree> <blocks>} fetches a dataset and answers with the nanoseconds that
 * took, the CPU time of this process in nanoseconds, and the bytes of heap in use afterwards beyond the blocks.
 */
final class FetchingNode {

    private FetchingNode() {}

    public static void main(String[] arguments) throws Exception {
        try (var node = ServingNode.node(arguments[0])) {
            node.start();
            Told.run(words -> fetch(node, words));
        }
    }

    private static String fetch(ExchangeNode node, String[] words) throws Exception {
        node.connect(PeerAddress.parse(words[0])).get();
        long cpu = Told.cpuNanos();
        long start = System.nanoTime();
        String id = node.downloads()
                .create(new WantedContent.OfTree(Cid.parse(words[1]), Long.parseLong(words[2]))).id();
        Download download = node.downloads().find(id).orElseThrow();
        while (download.state() == DownloadState.RUNNING) {
            Thread.sleep(5);
            download = node.downloads().find(id).orElseThrow();
        }
        long nanos = System.nanoTime() - start;
        cpu = Told.cpuNanos() - cpu;
        if (download.state() != DownloadState.DONE) {
            throw new IllegalStateException("the download ended as " + download);
        }
        return nanos + " " + cpu + " " + (UsedHeap.bytes() - node.store().bytesStored());
    }
}
