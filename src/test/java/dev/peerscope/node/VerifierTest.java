package dev.peerscope.node;

import static dev.peerscope.node.TestPeers.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import dev.peerscope.block.Block;
import dev.peerscope.block.BlockAddress;
import dev.peerscope.block.Cid;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.dataset.MerkleProof;
import dev.peerscope.dataset.MerkleTree;
import dev.peerscope.engine.EngineInput.DeliveryRejected;
import dev.peerscope.engine.EngineInput.DeliveryStored;
import dev.peerscope.engine.EngineInput.MessageReceived;
import dev.peerscope.engine.EngineInput.Rejection;
import dev.peerscope.engine.EngineInput.RejectionReason;
import dev.peerscope.engine.EngineOutput.VerifyAndStore;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.limit.LimitName;
import dev.peerscope.limit.LimitRegister;
import dev.peerscope.limit.MemoryKind;
import dev.peerscope.limit.PeerUse;
import dev.peerscope.message.BlockDelivery;
import dev.peerscope.message.ExchangeMessage;
import dev.peerscope.node.HeldBlocksListener.HeldBlock;
import dev.peerscope.store.MemoryBlockStore;

class VerifierTest {

    private static final NodeLimits LIMITS = new NodeLimits(100, 1 << 20, 100, 10, 3, 1_000, 2, 10, 10, 10, 1);

    private final ScriptedEngine engine = new ScriptedEngine();
    private final StorageExecutor storage = new StorageExecutor(LIMITS);
    private final LimitRegister verifying = new LimitRegister();
    private final PeerUse use = PeerUse.unlimited();
    private final EngineLoop loop = new EngineLoop(engine, NodeObserver.NONE, InstantSource.system(), LIMITS,
            () -> !storage.isOverfull());
    private final MemoryBlockStore store = new MemoryBlockStore(1_000);
    private final List<HeldBlock> held = new CopyOnWriteArrayList<>();
    private final List<ExchangeEvent> events = new CopyOnWriteArrayList<>();
    private final Verifier verifier = new Verifier(store, storage, loop, List.of(held::addAll));

    private final List<Block> blocks = List.of(block("a"), block("b"), block("c"));
    private final MerkleTree tree = treeOf(blocks);
    private final MerkleTree otherTree = treeOf(List.of(block("x"), block("a"), block("z")));

    @BeforeEach
    void start() {
        loop.start(new RecordingEffects(), List.of(events::add), _ -> {});
    }

    @AfterEach
    void close() {
        storage.close();
        loop.close();
    }

    @Test
    void aLeafWithAProofThatHoldsIsStoredWithIt() {
        var delivery = leaf(tree, 1, blocks.get(1), Optional.of(tree.proof(1)));

        verify(delivery);

        assertThat(stored()).containsExactly(new DeliveryStored(ALICE, 7, List.of(delivery.address()), 1));
        assertThat(store.get(delivery.address())).hasValueSatisfying(
                kept -> assertThat(kept.proof()).contains(tree.proof(1)));
        assertThat(held).containsExactly(new HeldBlock(delivery.address(), 1));
    }

    @Test
    void aBlockByItsOwnCidNeedsNoProof() {
        verify(new BlockDelivery(blocks.getFirst().address(), blocks.getFirst(), Optional.empty()));

        assertThat(stored()).hasSize(1);
        assertThat(store.has(blocks.getFirst().address())).isTrue();
    }

    @Test
    void aLeafWithoutProofIsRefused() {
        assertRefused(leaf(tree, 1, blocks.get(1), Optional.empty()), RejectionReason.PROOF_MISSING);
    }

    @Test
    void aProofForAnotherIndexIsRefused() {
        assertRefused(leaf(tree, 1, blocks.get(2), Optional.of(tree.proof(2))), RejectionReason.INDEX_WRONG);
    }

    @Test
    void aProofOfAnotherTreeIsRefused() {
        assertRefused(leaf(tree, 1, block("a"), Optional.of(otherTree.proof(1))), RejectionReason.PROOF_WRONG);
    }

    @Test
    void aProofForAnotherBlockIsRefused() {
        assertRefused(leaf(tree, 1, block("not b"), Optional.of(tree.proof(1))), RejectionReason.PROOF_WRONG);
    }

    @Test
    void aProofWithOneBitFlippedIsRefused() {
        byte[] path = tree.proof(1).path().clone();
        path[0] ^= 1;

        assertRefused(leaf(tree, 1, blocks.get(1), Optional.of(new MerkleProof(1, 3, path))),
                RejectionReason.PROOF_WRONG);
    }

    @Test
    void dataThatDoesNotHashToItsCidIsRefusedThoughTheProofHolds() {
        var forged = new Block(blocks.get(1).cid(), new byte[]{42});

        assertRefused(leaf(tree, 1, forged, Optional.of(tree.proof(1))), RejectionReason.DATA_MISMATCH);
    }

    @Test
    void aLeafThatIsNoBlockOfDataIsRefused() {
        var manifest = new Block(Cid.v1(CodexCodec.MANIFEST, blocks.get(1).cid().multihash()), blocks.get(1).data());

        assertRefused(leaf(tree, 1, manifest, Optional.of(tree.proof(1))), RejectionReason.CID_WRONG);
    }

    @Test
    void aBlockUnderAnotherCidThanAskedForIsRefused() {
        assertRefused(new BlockDelivery(blocks.get(0).address(), blocks.get(1), Optional.empty()),
                RejectionReason.CID_WRONG);
    }

    @Test
    void dataThatDoesNotHashToTheCidAskedForIsRefused() {
        assertRefused(new BlockDelivery(blocks.get(0).address(), new Block(blocks.get(0).cid(), new byte[]{42}),
                Optional.empty()), RejectionReason.DATA_MISMATCH);
    }

    @Test
    void aBlockWithoutRoomIsRefusedAndTheBoundIsTold() {
        var large = Block.of(CodexCodec.BLOCK, new byte[2_000]);

        assertRefused(new BlockDelivery(large.address(), large, Optional.empty()), RejectionReason.STORE_FULL);

        await().untilAsserted(() -> assertThat(limitsMet()).containsExactly(LimitName.BLOCK_STORE));
    }

    @Test
    void aStoreThatFailsRefusesTheBlockForAReasonThatIsNotThePeers() {
        var broken = new HookedStore();
        broken.beforeWriting = () -> {
            throw new IllegalStateException("disk gone");
        };
        var delivery = new BlockDelivery(blocks.getFirst().address(), blocks.getFirst(), Optional.empty());

        new Verifier(broken, storage, loop, List.of(held::addAll))
                .verifyAndStore(new VerifyAndStore(ALICE, 7, List.of(delivery)), use);

        await().untilAsserted(() -> assertThat(rejected()).containsExactly(new DeliveryRejected(ALICE, 7,
                List.of(new Rejection(delivery.address(), RejectionReason.STORE_FAILED)))));
        assertThat(held).isEmpty();
    }

    @Test
    void anErrorInTheStoreRefusesTheBlockAndGivesItsPlaceBack() {
        var broken = new HookedStore();
        broken.beforeWriting = () -> {
            throw new NoClassDefFoundError("a part of the store");
        };
        var delivery = new BlockDelivery(blocks.getFirst().address(), blocks.getFirst(), Optional.empty());

        new Verifier(broken, storage, loop, List.of(held::addAll))
                .verifyAndStore(new VerifyAndStore(ALICE, 7, List.of(delivery)), use);

        await().untilAsserted(() -> assertThat(rejected()).containsExactly(new DeliveryRejected(ALICE, 7,
                List.of(new Rejection(delivery.address(), RejectionReason.STORE_FAILED)))));
        await().until(() -> verifying() == 0);
    }

    @Test
    void aListenerThatFailsKeepsNothingFromTheEngineAndTheOtherListeners() {
        var delivery = new BlockDelivery(blocks.getFirst().address(), blocks.getFirst(), Optional.empty());

        new Verifier(store, storage, loop, List.of(_ -> {
            throw new IllegalStateException("a defect of a listener");
        }, held::addAll)).verifyAndStore(new VerifyAndStore(ALICE, 7, List.of(delivery)), use);

        await().untilAsserted(() -> assertThat(held).containsExactly(new HeldBlock(delivery.address(), 1)));
        assertThat(stored()).hasSize(1);
        await().until(() -> verifying() == 0);
    }

    @Test
    void oneBadBlockOfADeliveryDoesNotHarmTheOthers() {
        var good = leaf(tree, 0, blocks.get(0), Optional.of(tree.proof(0)));
        var bad = leaf(tree, 1, blocks.get(1), Optional.empty());

        verify(good, bad);

        assertThat(stored()).extracting(DeliveryStored::addresses).containsExactly(List.of(good.address()));
        assertThat(rejected()).extracting(DeliveryRejected::rejections)
                .containsExactly(List.of(new Rejection(bad.address(), RejectionReason.PROOF_MISSING)));
    }

    @Test
    void moreThanMayWaitForVerificationIsToldAndLastsUntilItIsDone() {
        var gate = new CountDownLatch(1);
        storage.execute(() -> awaitQuietly(gate));
        var deliveries = new ArrayList<BlockDelivery>();
        for (int i = 0; i < 4; i++) {
            var one = block("block " + i);
            deliveries.add(new BlockDelivery(one.address(), one, Optional.empty()));
        }
        verifier.verifyAndStore(new VerifyAndStore(ALICE, 7, deliveries), use);

        assertThat(storage.isOverfull()).isTrue();
        assertThat(use.bytes(MemoryKind.VERIFICATION)).isPositive();
        gate.countDown();
        await().untilAsserted(() -> assertThat(storage.isOverfull()).isFalse());
        await().untilAsserted(() -> assertThat(limitsMet()).containsExactly(LimitName.VERIFICATION_QUEUE));
        assertThat(use.bytes()).isZero();
    }

    @Test
    void messagesFlowAgainAsSoonAsVerificationHasRoom() {
        var gate = new CountDownLatch(1);
        storage.execute(() -> awaitQuietly(gate));
        verifier.verifyAndStore(new VerifyAndStore(ALICE, 7, Collections.nCopies(4,
                new BlockDelivery(blocks.get(0).address(), blocks.get(0), Optional.empty()))), use);
        loop.receive(new MessageReceived(ALICE, 7, ExchangeMessage.EMPTY), 10, new RecordingSource());
        loop.read(_ -> true).join();
        assertThat(engine.inputs(MessageReceived.class)).isEmpty();

        gate.countDown();

        await().untilAsserted(() -> assertThat(engine.inputs(MessageReceived.class)).hasSize(1));
    }

    private void assertRefused(BlockDelivery delivery, RejectionReason reason) {
        verify(delivery);

        assertThat(rejected())
                .containsExactly(new DeliveryRejected(ALICE, 7, List.of(new Rejection(delivery.address(), reason))));
        assertThat(stored()).isEmpty();
        assertThat(store.blockCount()).isZero();
        assertThat(held).isEmpty();
    }

    /** Returns when the engine has been told the outcome. */
    private void verify(BlockDelivery... deliveries) {
        storage.register(verifying);
        verifier.verifyAndStore(new VerifyAndStore(ALICE, 7, List.of(deliveries)), use);
        await().until(() -> verifying.use(LimitName.VERIFICATION_QUEUE).used() == 0);
        loop.read(_ -> true).join();
    }

    private List<DeliveryStored> stored() {
        return engine.inputs(DeliveryStored.class);
    }

    private List<DeliveryRejected> rejected() {
        return engine.inputs(DeliveryRejected.class);
    }

    private List<LimitName> limitsMet() {
        return events.stream().map(event -> ((ExchangeEvent.LimitMet) event).limit()).toList();
    }

    private static BlockDelivery leaf(MerkleTree tree, int index, Block block, Optional<MerkleProof> proof) {
        return new BlockDelivery(new BlockAddress.Leaf(tree.treeCid(), index), block, proof);
    }

    private static Block block(String text) {
        return Block.of(CodexCodec.BLOCK, text.getBytes(StandardCharsets.UTF_8));
    }

    private static MerkleTree treeOf(List<Block> blocks) {
        return MerkleTree.of(blocks.stream().map(block -> block.cid().multihash().digest()).toList());
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long verifying() {
        var register = new LimitRegister();
        storage.register(register);
        return register.use(LimitName.VERIFICATION_QUEUE).used();
    }
}
