package dev.peerscope.node;

import dev.peerscope.engine.EngineOutput;

/** Does what the engine asks for. Called on the engine's thread: nothing here waits for a socket or a disk. */
interface EngineEffects {

    void send(EngineOutput.Send send);

    void sendBlocks(EngineOutput.SendBlocks request);

    void verifyAndStore(EngineOutput.VerifyAndStore request);

    void disconnect(EngineOutput.Disconnect request);
}
