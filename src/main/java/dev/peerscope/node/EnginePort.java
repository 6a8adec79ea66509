package dev.peerscope.node;

import java.time.Instant;
import java.util.List;

import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.engine.ExchangeEngine;

/** What the loop needs of the engine; used on the engine's thread only. */
interface EnginePort {

    List<EngineOutput> handle(EngineInput input, Instant now, Instant wallTime);

    EngineReader reader();

    static EnginePort of(ExchangeEngine engine) {
        return new EnginePort() {
            @Override
            public List<EngineOutput> handle(EngineInput input, Instant now, Instant wallTime) {
                return engine.handle(input, now, wallTime);
            }

            @Override
            public EngineReader reader() {
                return engine.reader();
            }
        };
    }
}
