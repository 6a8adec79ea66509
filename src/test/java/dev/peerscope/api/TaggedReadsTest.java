package dev.peerscope.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import dev.peerscope.journal.ChangeJournal;
import dev.peerscope.node.ExchangeNode;

/** Tags of reads, and answers that are given again. */
@Timeout(600)
class TaggedReadsTest extends WithAnotherNode {

    @Autowired
    private ExchangeNode node;

    @Autowired
    private ChangeJournal journal;

    private String tree;

    @Test
    void aTagChangesWhenWhatIsShownDoesAndNotBefore() {
        bobHasAndIsWatched(5);
        String path = ofBob("/have-set/datasets/" + tree);
        String tag = tagOf(path);
        long revision = node.revision();

        watch(bob.has(6).treeCid().toString(), 6);
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asInt() == 11);
        assertThat(node.revision()).as("much has changed").isGreaterThan(revision);
        assertThat(tagOf(path)).as("but nothing of this").isEqualTo(tag);
        assertThat(http.get(path, "If-None-Match", tag).status()).isEqualTo(304);

        http.delete(PEERS + "/" + bob.id());
        await().atMost(PATIENCE).until(() -> "departed".equals(peer().path("state").asString()));
        var gone = http.get(path, "If-None-Match", tag);
        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.json().get("ranges").asString()).isEmpty();
        assertThat(gone.header("ETag")).isPresent().get().isNotEqualTo(tag);
    }

    @Test
    void aTagIsRecognisedAmongOthersAndInEachFormOfTheHeader() {
        bobHasAndIsWatched(3);
        String path = ofBob("/have-set/cids");
        String tag = tagOf(path);

        assertThat(http.get(path, "If-None-Match", "\"other\", " + tag).status()).isEqualTo(304);
        assertThat(http.get(path, "If-None-Match", tag.substring(2)).status()).as("compared weakly").isEqualTo(304);
        assertThat(http.get(path, "If-None-Match", "*").status()).isEqualTo(304);
        assertThat(http.get(path, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void anUnchangedReadIsToldInHeadersAlone() {
        bobHasAndIsWatched(3);
        String path = ofBob("/have-set/cids");

        var unchanged = http.get(path, "If-None-Match", tagOf(path));

        assertThat(unchanged.response().body()).isEmpty();
        assertThat(unchanged.header("ETag")).contains(tagOf(path));
    }

    @Test
    void theHeadersOfAnAnswerGivenAgainAreThoseOfTheFirst() {
        bobHasAndIsWatched(3);
        // None of them shows a time: Bob is asked again all the while.
        for (String path : List.of(ofBob("/have-set"), ofBob("/have-set/cids"), "/api/v1/watches")) {
            var first = http.get(anew(path));
            for (int again = 0; again < 3; again++) {
                var head = http.send("HEAD", path, null);

                assertThat(head.status()).isEqualTo(200);
                assertThat(head.header("Content-Type")).isEqualTo(first.header("Content-Type"));
                assertThat(head.header("Content-Length")).contains("" + http.get(path).response().body().length);
                assertThat(head.header("ETag")).contains(tagOf(path));
                assertThat(head.response().body()).isEmpty();
            }
        }
    }

    @Test
    void whatAcceptAsksForIsPartOfTheQuestion() {
        bobHasAndIsWatched(9);
        String path = ofBob("/have-set/datasets/" + tree);
        for (int again = 0; again < 3; again++) {
            assertThat(http.get(path, "Accept", "application/octet-stream").response().body()).containsExactly(0xff,
                    0b1000_0000);
            assertThat(http.get(path, "Accept", "application/json").json().get("ranges").asString()).isEqualTo("0-8");
        }
    }

    @Test
    void eachLineOfAcceptIsPartOfTheQuestion() {
        bobHasAndIsWatched(9);
        String path = ofBob("/have-set/datasets/" + tree);
        for (int again = 0; again < 3; again++) {
            assertThat(http.get(path, "Accept", "text/plain", "Accept", "application/octet-stream").response().body())
                    .containsExactly(0xff, 0b1000_0000);
            assertThat(http.get(path, "Accept", "text/plain", "Accept", "application/json").json().get("ranges")
                    .asString()).isEqualTo("0-8");
            assertThat(http.get(path, "Accept", "text/plain").status()).isEqualTo(406);
        }
    }

    @Test
    void aFailureIsNeitherTaggedNorKept() {
        String path = ofBob("/have-set");
        var before = http.get(path);
        assertThat(before.status()).isEqualTo(404);
        assertThat(before.header("ETag")).isEmpty();

        dial();

        assertThat(http.get(path).status()).isEqualTo(200);
    }

    /**
     * Each read is asked twice, once so that it may be an answer given again and once so that it cannot be. Meanwhile messages
     * wait, so that nothing goes on changing.
     */
    @Test
    void anAnswerGivenAgainIsTheOneThatWouldBeMadeAnew() {
        long seed = Long.getLong("peerscope.seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        dial();
        List<String> watches = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            change(random, watches);
            node.holdMessages(true);
            for (String path : reads()) {
                await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> isTheSameMadeAnew(path, seed));
            }
            node.holdMessages(false);
        }
    }

    @AfterEach
    void takeMessagesAgain() {
        node.holdMessages(false);
    }

    private void change(SplittableRandom random, List<String> watches) {
        switch (random.nextInt(5)) {
            case 0 -> {
                tree = bob.has(1 + random.nextInt(20)).treeCid().toString();
                watches.add(watch(tree, 1 + random.nextInt(20)));
                await().atMost(PATIENCE).until(() -> "have".equals(
                        http.get(ofBob("/have-set/blocks/" + tree + "/0")).json().path("state").asString()));
            }
            case 1 -> {
                if (!watches.isEmpty()) {
                    http.delete(watches.remove(random.nextInt(watches.size())));
                }
            }
            case 2 -> http.send("POST", ofBob("/refresh"), null);
            case 3 -> {
                http.delete(PEERS + "/" + bob.id());
                await().atMost(PATIENCE).until(() -> "departed".equals(peer().path("state").asString()));
                dial();
            }
            default -> node.content().importDataset(new byte[1 + random.nextInt(5_000)], 1024, Optional.empty(),
                    Optional.empty());
        }
    }

    private List<String> reads() {
        List<String> reads = new ArrayList<>(List.of(PEERS, PEERS + "?state=all&sort=-haveCount", PEERS + "/summary",
                ofBob(""), ofBob("/have-set"), ofBob("/have-set/blocks"), ofBob("/have-set/cids"), ofBob("/want-list"),
                ofBob("/want-list/cids"), "/api/v1/want-list", "/api/v1/watches", "/api/v1/datasets",
                "/api/v1/presence-changes", ofBob("/presence-changes?order=oldest&limit=3")));
        if (tree != null) {
            reads.addAll(List.of("/api/v1/blocks/" + tree + "/1/peers", ofBob("/have-set/blocks/" + tree + "/1"),
                    ofBob("/have-set/datasets/" + tree)));
        }
        return reads;
    }

    /** Whether nothing changed meanwhile, so that both could be compared. */
    private boolean isTheSameMadeAnew(String path, long seed) {
        http.get(path);
        long before = node.revision() + journal.revision();
        var again = http.get(path);
        var anew = http.get(anew(path));
        if (node.revision() + journal.revision() != before) {
            return false;
        }
        assertThat(again.text()).as("%s, with -Dpeerscope.seed=%d", path, seed).isEqualTo(anew.text());
        assertThat(again.header("ETag")).as(path).isEqualTo(anew.header("ETag")).isPresent();
        return true;
    }

    private static int asked;

    /** The same question as nobody has asked it before: the same path for a controller. */
    private static String anew(String path) {
        return path.replaceFirst("\\?|$", ";asked=" + asked++ + "$0");
    }

    private void bobHasAndIsWatched(int blocks) {
        tree = bob.has(blocks).treeCid().toString();
        dial();
        watch(tree, blocks);
        await().atMost(PATIENCE).until(() -> haveSet().get("blockCount").asInt() == blocks);
    }

    private String tagOf(String path) {
        String tag = http.get(path).header("ETag").orElseThrow();
        assertThat(tag).startsWith("W/\"");
        return tag;
    }
}
