package dev.peerscope.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.peerscope.block.BlockSet;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.node.WantedContent;

/** What the demo does at the inspected node, by the same means as the API. For one thread. */
final class DemoOperator {

    private final ExchangeNode node;
    private final List<DemoDataset> datasets;
    /** Ids of the watches that were made here, by dataset. */
    private final Map<Integer, String> watches = new HashMap<>();

    DemoOperator(ExchangeNode node, List<DemoDataset> datasets) {
        this.node = node;
        this.datasets = List.copyOf(datasets);
    }

    /** The inspected node has some blocks from the beginning; of what it has something of, it knows the manifest. */
    void stock(DemoBlocks blocks) {
        if (!blocks.isEmpty()) {
            var dataset = datasets.get(blocks.dataset());
            node.content().put(dataset.dataset().manifestBlock());
            dataset.add(node.content(), blocks.ranges());
        }
    }

    void perform(DemoAct.OfInspected act) {
        switch (act) {
            case DemoAct.WeWatch(var dataset) -> watches.put(dataset, node.watches().create(all(dataset)).id());
            case DemoAct.WeStopWatching(var dataset) -> stopWatching(dataset);
            case DemoAct.WeDownload(var dataset) -> node.downloads().create(all(dataset));
            case DemoAct.WeFetch(var blocks) -> node.downloads().create(some(blocks));
            case DemoAct.WeLose(var blocks) -> node.content().delete(set(blocks));
        }
    }

    private void stopWatching(int dataset) {
        var id = watches.remove(dataset);
        if (id != null) {
            node.watches().delete(id);
        }
    }

    private WantedContent all(int dataset) {
        return new WantedContent.OfManifest(datasets.get(dataset).manifestCid());
    }

    private WantedContent some(DemoBlocks blocks) {
        return new WantedContent.OfRanges(datasets.get(blocks.dataset()).dataset().treeCid(), blocks.ranges());
    }

    private BlockSet set(DemoBlocks blocks) {
        return datasets.get(blocks.dataset()).set(blocks.ranges());
    }
}
