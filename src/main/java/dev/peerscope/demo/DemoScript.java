package dev.peerscope.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.Price;
import dev.peerscope.demo.DemoAct.PeerFallsSilent;
import dev.peerscope.demo.DemoAct.PeerFetches;
import dev.peerscope.demo.DemoAct.PeerGains;
import dev.peerscope.demo.DemoAct.PeerJoins;
import dev.peerscope.demo.DemoAct.PeerLeaves;
import dev.peerscope.demo.DemoAct.PeerLoses;
import dev.peerscope.demo.DemoAct.PeerReprices;
import dev.peerscope.demo.DemoAct.PeerSpeaksAgain;
import dev.peerscope.demo.DemoAct.PeerWatches;
import dev.peerscope.demo.DemoAct.WeDownload;
import dev.peerscope.demo.DemoAct.WeFetch;
import dev.peerscope.demo.DemoAct.WeLose;
import dev.peerscope.demo.DemoAct.WeStopWatching;
import dev.peerscope.demo.DemoAct.WeWatch;

/**
 * What happens in the demo, round by round: follows from the settings and the sizes of the datasets alone.
 *
 * <p>
 * In each round the peers draw parts. One leaves and comes back, one falls silent for a while, one changes its price, one loses
 * blocks and gains others, one downloads from the inspected node, and one is misled: it asks for blocks that the inspected
 * node said it had, and has lost. Meanwhile the watch of the text is deleted and made again. Not for use by several threads.
 */
final class DemoScript {

    private static final int TEXT = 0;
    private static final int PICTURE = 1;
    private static final int HANDFUL = 12;
    private static final int PRICE_MAX = 1_000;
    /** Acts are moved by less than what lies between one and another that follows from it. */
    private static final double JITTER = 0.008;

    private final DemoSettings settings;
    private final SplittableRandom random;
    private final Holdings holdings;
    private boolean opened;

    /**
     * @param blockCounts
     *            of the text and the picture
     */
    DemoScript(DemoSettings settings, List<Integer> blockCounts) {
        this.settings = settings;
        this.random = new SplittableRandom(settings.seed());
        this.holdings = new Holdings(settings.peers(), blockCounts, random.split());
    }

    /** What a peer holds, as far as this has planned; before the first round, what it begins with. */
    BlockRanges holds(int peer, int dataset) {
        return holdings.of(peer, dataset);
    }

    /** What the inspected node holds likewise. */
    BlockRanges weHold(int dataset) {
        return holdings.ours(dataset);
    }

    /** The next round, in the order of time. */
    List<Cue> nextRound() {
        var plan = new RoundPlan(settings.pace());
        if (!opened) {
            opened = true;
            opening(plan);
        }
        var peers = new ArrayList<>(IntStream.range(0, settings.peers()).boxed().toList());
        Collections.shuffle(peers, Random.from(random));
        at(0.14, plan, () -> reprice(peers.get(0), plan));
        comeAndGo(peers.get(1), plan);
        silence(peers.get(2), plan);
        loseAndGain(peers.get(3), plan);
        fetch(peers.get(4), plan);
        mislead(peers.get(5), plan);
        peers.stream().skip(6).forEach(peer -> change(peer, plan));
        watchAgain(plan);
        return plan.cues();
    }

    /** The inspected node wishes to know of both datasets, and to have the picture; the peers come one after the other. */
    private void opening(RoundPlan plan) {
        plan.at(0, () -> {
            plan.act(new WeWatch(TEXT));
            plan.act(new WeWatch(PICTURE));
            plan.act(new WeDownload(PICTURE));
            holdings.weGained(new DemoBlocks(PICTURE, holdings.all(PICTURE)));
        });
        IntStream.range(0, settings.peers()).forEach(peer -> plan.at(0.1 * peer / settings.peers(), () -> {
            reprice(peer, plan);
            plan.act(new PeerJoins(peer));
        }));
    }

    private void comeAndGo(int peer, RoundPlan plan) {
        at(0.22, plan, () -> plan.act(new PeerLeaves(peer)));
        at(0.52, plan, () -> plan.act(new PeerJoins(peer)));
    }

    private void silence(int peer, RoundPlan plan) {
        at(0.18, plan, () -> plan.act(new PeerFallsSilent(peer)));
        at(0.52, plan, () -> plan.act(new PeerSpeaksAgain(peer)));
    }

    private void loseAndGain(int peer, RoundPlan plan) {
        int dataset = random.nextInt(2);
        at(0.26, plan, () -> lose(peer, dataset, plan));
        at(0.66, plan, () -> gain(peer, dataset, plan));
    }

    /** The peer loses blocks that the inspected node has, and gets them back from there. */
    private void fetch(int peer, RoundPlan plan) {
        at(0.28, plan, () -> {
            var blocks = lose(peer, PICTURE, plan);
            if (!blocks.isEmpty()) {
                at(0.36, plan, () -> {
                    plan.act(new PeerFetches(peer, blocks));
                    holdings.gained(peer, blocks);
                });
            }
        });
    }

    /**
     * The peer learns that the inspected node has blocks, and asks for them when they are gone: it stays on the want-list until
     * the inspected node has got them back from other peers.
     */
    private void mislead(int peer, RoundPlan plan) {
        at(0.30, plan, () -> {
            // Never none: others hold nearly all of the text, and the inspected node more than half of it.
            var offered = holdings.ours(TEXT).intersect(holdings.ofOthers(peer, TEXT));
            var blocks = new DemoBlocks(TEXT, Holdings.some(offered, HANDFUL, random));
            plan.act(new PeerLoses(peer, blocks));
            holdings.lost(peer, blocks);
            plan.act(new PeerWatches(peer, blocks));
            at(0.46, plan, () -> {
                plan.act(new WeLose(blocks));
                plan.act(new PeerFetches(peer, blocks));
                holdings.weLost(blocks);
            });
            at(0.76, plan, () -> {
                plan.act(new WeFetch(blocks));
                holdings.weGained(blocks);
                holdings.gained(peer, blocks);
            });
        });
    }

    /** While nobody watches the text, some of it is downloaded: what is known of that leaves when it has been delivered. */
    private void watchAgain(RoundPlan plan) {
        at(0.56, plan, () -> plan.act(new WeStopWatching(TEXT)));
        at(0.60, plan, () -> {
            var blocks = new DemoBlocks(TEXT, Holdings.some(holdings.ours(TEXT), HANDFUL, random));
            plan.act(new WeLose(blocks));
            plan.act(new WeFetch(blocks));
        });
        at(0.70, plan, () -> plan.act(new WeWatch(TEXT)));
    }

    /** What the peers do that have no part of their own. */
    private void change(int peer, RoundPlan plan) {
        int dataset = random.nextInt(2);
        at(random.nextDouble(0.16, 0.5), plan, () -> gain(peer, dataset, plan));
        at(random.nextDouble(0.5, 0.9), plan, () -> lose(peer, dataset, plan));
        at(random.nextDouble(0.8, 0.9), plan, () -> reprice(peer, plan));
    }

    private DemoBlocks lose(int peer, int dataset, RoundPlan plan) {
        var blocks = new DemoBlocks(dataset, holdings.someSpare(peer, dataset, HANDFUL, random));
        if (!blocks.isEmpty()) {
            plan.act(new PeerLoses(peer, blocks));
            holdings.lost(peer, blocks);
        }
        return blocks;
    }

    private void gain(int peer, int dataset, RoundPlan plan) {
        var blocks = new DemoBlocks(dataset, holdings.someLacking(peer, dataset, HANDFUL, random));
        if (!blocks.isEmpty()) {
            plan.act(new PeerGains(peer, blocks));
            holdings.gained(peer, blocks);
        }
    }

    private void reprice(int peer, RoundPlan plan) {
        plan.act(new PeerReprices(peer, Price.of(1 + random.nextInt(PRICE_MAX))));
    }

    private void at(double part, RoundPlan plan, Runnable planning) {
        plan.at(part + random.nextDouble(-JITTER, JITTER), planning);
    }
}
