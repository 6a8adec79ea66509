package dev.peerscope.node;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineOutput;
import dev.peerscope.engine.EngineReader;

/** An engine that answers as the test says, and remembers what it was handed. */
final class ScriptedEngine implements EnginePort {

    final List<EngineInput> inputs = new CopyOnWriteArrayList<>();
    final List<Instant> times = new CopyOnWriteArrayList<>();
    final List<Instant> wallTimes = new CopyOnWriteArrayList<>();
    volatile Function<EngineInput, List<EngineOutput>> answer = _ -> List.of();

    @Override
    public List<EngineOutput> handle(EngineInput input, Instant now, Instant wallTime) {
        inputs.add(input);
        times.add(now);
        wallTimes.add(wallTime);
        return answer.apply(input);
    }

    /** Of no use beyond being handed to questions. */
    @Override
    public EngineReader reader() {
        return (EngineReader) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{EngineReader.class},
                (_, method, _) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    <T extends EngineInput> List<T> inputs(Class<T> kind) {
        return inputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
