package dev.peerscope.node;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.peerscope.engine.EngineInput;
import dev.peerscope.engine.EngineReader;
import dev.peerscope.event.ExchangeEvent;
import dev.peerscope.peer.PeerId;

/** What the engine's thread is asked to do. */
sealed interface EngineTask {

    /** Says that it will not be done, and why, where somebody waits for it. */
    default void refuse(RuntimeException why) {}

    /** For people, in short and without payloads. */
    String describe();

    /** Hand this to the engine. */
    record Handle(EngineInput input) implements EngineTask {

        @Override
        public String describe() {
            return EngineTask.describe(input);
        }
    }

    /** Hand this to the engine, and look at the state that it leads to before anything else happens. */
    record HandleAndAsk<T>(EngineInput input, Function<EngineReader, T> question, CompletableFuture<T> answer)
            implements
            EngineTask {

        void ask(EngineReader reader) {
            EngineTask.answer(question, reader, answer);
        }

        @Override
        public void refuse(RuntimeException why) {
            answer.completeExceptionally(why);
        }

        @Override
        public String describe() {
            return EngineTask.describe(input);
        }
    }

    /** Look at the state. */
    record Ask<T>(Function<EngineReader, T> question, CompletableFuture<T> answer) implements EngineTask {

        void ask(EngineReader reader) {
            EngineTask.answer(question, reader, answer);
        }

        @Override
        public void refuse(RuntimeException why) {
            answer.completeExceptionally(why);
        }

        @Override
        public String describe() {
            return EngineInputKind.QUESTION.text();
        }
    }

    /** Tell the sinks something that happened outside the engine. */
    record Tell(Function<Instant, ExchangeEvent> event) implements EngineTask {

        @Override
        public String describe() {
            return "an event from outside";
        }
    }

    /** Look whether a deadline has come. */
    record Wake() implements EngineTask {

        @Override
        public String describe() {
            return EngineInputKind.DEADLINE_REACHED.text();
        }
    }

    private static String describe(EngineInput input) {
        String kind = EngineInputKind.of(input).text();
        if (input instanceof EngineInput.PeerConnected(var peer, long session, _, _)) {
            return kind + ofPeer(peer, session);
        }
        return input instanceof EngineInput.OfPeer about ? kind + ofPeer(about.peer(), about.session()) : kind;
    }

    private static String ofPeer(PeerId peer, long session) {
        return " of peer " + peer.shortText() + " in session " + session;
    }

    /** What a question throws is its asker's affair, not the engine's. */
    private static <T> void answer(Function<EngineReader, T> question, EngineReader reader,
            CompletableFuture<T> answer) {
        try {
            answer.complete(question.apply(reader));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
