package dev.peerscope.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.peerscope.engine.EngineOutput;

/** Does nothing but remember what was to be done. */
final class RecordingEffects implements EngineEffects {

    final List<EngineOutput> carriedOut = new CopyOnWriteArrayList<>();

    @Override
    public void send(EngineOutput.Send send) {
        carriedOut.add(send);
    }

    @Override
    public void sendBlocks(EngineOutput.SendBlocks request) {
        carriedOut.add(request);
    }

    @Override
    public void verifyAndStore(EngineOutput.VerifyAndStore request) {
        carriedOut.add(request);
    }

    @Override
    public void disconnect(EngineOutput.Disconnect request) {
        carriedOut.add(request);
    }
}
