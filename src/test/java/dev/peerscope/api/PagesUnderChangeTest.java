package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import dev.peerscope.Patience;
import dev.peerscope.RunningService;
import dev.peerscope.block.BlockRanges;
import dev.peerscope.block.BlockSet;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.block.Multihash;
import dev.peerscope.block.Price;
import dev.peerscope.message.BlockPresence;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.node.ExchangeNode;

/** Whoever walks over pages meets what is there all the time exactly once, whatever comes and goes between two pages. */
@RunningService
@Timeout(600)
class PagesUnderChangeTest {

    private static final Duration PATIENCE = Patience.LONG;
    private static final int LEAVES = 400;
    /** Every so many leaves there is one that stays; the others come and go. */
    private static final int STAYS = 3;
    private static final Cid TREE = Cid.v1(CodexCodec.ROOT,
            Multihash.sha256("pages under change".getBytes(StandardCharsets.UTF_8)));

    @LocalServerPort
    private int port;

    @Autowired
    private ExchangeNode node;

    private final long seed = Long.getLong("peerscope.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<TalkingPeer> peers = new ArrayList<>();
    private Http http;
    private TalkingPeer alice;
    private String watch;

    @BeforeEach
    void startAlice() throws Exception {
        http = new Http(port);
        watch = http.post("/api/v1/watches", "{\"treeCid\": \"" + TREE + "\", \"blockCount\": " + LEAVES + "}")
                .header("Location").orElseThrow();
        alice = join();
    }

    @AfterEach
    void stopAll() {
        peers.forEach(TalkingPeer::close);
        http.delete(watch);
        // So that no other test meets the changes that this one has caused.
        await().atMost(PATIENCE).until(() -> peers.stream()
                .allMatch(peer -> node.directory().connected(peer.id()).isEmpty()));
    }

    @Test
    void blocksOfAHaveSet() {
        aliceHasAll();
        var walked = walk(ofAlice("/blocks?treeCid=" + TREE), item -> item.at("/address/index").asLong(),
                this::someBlocksComeAndGo);

        assertThat(walked).as("with -Dpeerscope.seed=%d", seed).doesNotHaveDuplicates().isSorted()
                .containsAll(staying());
    }

    @Test
    void rangesOfOneDataset() {
        aliceHasAll();
        List<Long> walked = new ArrayList<>();
        walk(ofAlice("/datasets/" + TREE + "?"), item -> {
            BlockRanges.parse(item.asString()).forEachRange((first, last) -> LongStream.rangeClosed(first, last)
                    .forEach(walked::add));
            return 0L;
        }, this::someBlocksComeAndGo);

        assertThat(walked).as("with -Dpeerscope.seed=%d", seed).doesNotHaveDuplicates().isSorted()
                .containsAll(staying());
    }

    @Test
    void peersInTheOrderOfTheirJoin() throws Exception {
        List<String> staying = new ArrayList<>(List.of(alice.id().toString()));
        for (int i = 0; i < 8; i++) {
            staying.add(join().id().toString());
        }
        List<TalkingPeer> others = new ArrayList<>();
        for (String order : List.of("connectedAt", "-connectedAt")) {
            var walked = walk("/api/v1/peers?sort=" + order, item -> item.get("peerId").asString(),
                    () -> someoneJoinsOrLeaves(others));

            assertThat(walked).as("%s, with -Dpeerscope.seed=%d", order, seed).doesNotHaveDuplicates()
                    .containsAll(staying);
        }
    }

    @Test
    void watchesAndDownloadsInTheOrderInWhichTheyWereMade() {
        for (String list : List.of("/api/v1/watches", "/api/v1/downloads")) {
            List<String> staying = new ArrayList<>();
            List<String> others = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                staying.add(make(list));
                others.add(make(list));
            }
            var walked = walk(list + "?", item -> item.get("id").asString(), () -> someAreMadeAndDeleted(list, others));

            assertThat(walked).as("%s, with -Dpeerscope.seed=%d", list, seed).doesNotHaveDuplicates();
            assertThat(walked).filteredOn(staying::contains).isEqualTo(staying);
            staying.forEach(id -> http.delete(list + "/" + id));
            others.forEach(id -> http.delete(list + "/" + id));
        }
    }

    /** Of a block that nobody has. */
    private String make(String list) {
        return http.post(list, "{\"treeCid\": \"" + TREE + "\", \"ranges\": \"0\"}").json().get("id").asString();
    }

    private void someAreMadeAndDeleted(String list, List<String> others) {
        others.add(make(list));
        http.delete(list + "/" + others.remove(random.nextInt(others.size())));
    }

    private <T> List<T> walk(String path, Function<JsonNode, T> key, Runnable meanwhile) {
        List<T> walked = new ArrayList<>();
        String cursor = "";
        do {
            var page = http.get(path + "&limit=" + (1 + random.nextInt(20)) + "&cursor=" + cursor).json();
            page.get("items").forEach(item -> walked.add(key.apply(item)));
            cursor = page.path("nextCursor").asString("");
            meanwhile.run();
        } while (!cursor.isEmpty());
        return walked;
    }

    private void aliceHasAll() {
        alice.say(ExchangeMessage
                .ofPresences(List.of(BlockPresence.have(leaves(LongStream.range(0, LEAVES)), Price.of(1)))));
        await().atMost(PATIENCE).until(() -> haveCount() == LEAVES);
    }

    /** Leaves that do not stay are had or denied by a coin, all over the tree, before the cursor and behind it. */
    private void someBlocksComeAndGo() {
        var had = LongStream.range(0, LEAVES).filter(index -> index % STAYS != 0 && random.nextBoolean()).toArray();
        var denied = LongStream.range(0, LEAVES).filter(index -> index % STAYS != 0)
                .filter(index -> LongStream.of(had).noneMatch(one -> one == index));
        alice.say(ExchangeMessage.ofPresences(
                List.of(BlockPresence.have(leaves(LongStream.of(had)), Price.of(1 + random.nextInt(3))),
                        BlockPresence.dontHave(leaves(denied)))));
        await().atMost(PATIENCE).until(() -> haveCount() == had.length + staying().size());
    }

    private void someoneJoinsOrLeaves(List<TalkingPeer> others) {
        if (others.isEmpty() || random.nextBoolean()) {
            others.add(join());
        } else {
            var leaving = others.remove(random.nextInt(others.size()));
            leaving.close();
            await().atMost(PATIENCE).until(() -> node.directory().connected(leaving.id()).isEmpty());
        }
    }

    private TalkingPeer join() {
        try {
            var peer = new TalkingPeer(node.addresses().getFirst());
            peers.add(peer);
            await().atMost(PATIENCE).until(
                    () -> http.get("/api/v1/peers/" + peer.id()).json().path("state").asString().equals("connected"));
            return peer;
        } catch (Exception e) {
            throw new AssertionError("a peer could not join", e);
        }
    }

    private long haveCount() {
        return http.get(ofAlice("")).json().get("blockCount").asLong();
    }

    private String ofAlice(String path) {
        return "/api/v1/peers/" + alice.id() + "/have-set" + path;
    }

    private static List<Long> staying() {
        return LongStream.range(0, LEAVES).filter(index -> index % STAYS == 0).boxed().toList();
    }

    private static BlockSet leaves(LongStream indices) {
        var ranges = BlockRanges.builder();
        indices.forEach(ranges::add);
        return new BlockSet.Leaves(TREE, ranges.build());
    }
}
