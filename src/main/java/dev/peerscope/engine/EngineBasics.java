package dev.peerscope.engine;

/** What most parts of the engine need: how to behave, the bounds, where outputs go, and when to be called again. */
record EngineBasics(EngineSettings settings, EngineLimits limits, Outputs outputs, Deadlines deadlines) {}
