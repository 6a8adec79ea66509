package dev.peerscope.node;

import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.limit.PeerUse;

/** Hands what the engine asks for to who does it. What speaks of a session that is over is dropped. */
final class NodeEffects implements EngineEffects {

    private final EngineLoop loop;
    private final PeerLinks links;
    private final Verifier verifier;
    private final BlockSender sender;

    NodeEffects(EngineLoop loop, PeerLinks links, Verifier verifier, BlockSender sender) {
        this.loop = loop;
        this.links = links;
        this.verifier = verifier;
        this.sender = sender;
    }

    @Override
    public void send(EngineOutput.Send send) {
        links.find(send.peer(), send.session()).ifPresent(link -> link.send(send.message(),
                () -> loop.submit(new EngineInput.MessageWritten(send.peer(), send.session(), send.token())),
                () -> loop.submit(new EngineInput.MessageDropped(send.peer(), send.session(), send.token()))));
    }

    @Override
    public void sendBlocks(EngineOutput.SendBlocks request) {
        sender.send(request);
    }

    @Override
    public void verifyAndStore(EngineOutput.VerifyAndStore request) {
        var use = links.find(request.peer(), request.session()).map(PeerLink::use).orElseGet(PeerUse::unlimited);
        verifier.verifyAndStore(request, use);
    }

    @Override
    public void disconnect(EngineOutput.Disconnect request) {
        links.find(request.peer(), request.session())
                .ifPresent(link -> link.close(request.reason(), request.detail()));
    }
}
