package dev.peerscope.node;

import java.time.Instant;
import java.util.List;

import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.engine.EngineReader;

/** What the loop needs of the engine; used on the engine's thread only. */
interface EnginePort {

    List<EngineOutput> handle(EngineInput input, Instant now, Instant wallTime);

    EngineReader reader();
}
