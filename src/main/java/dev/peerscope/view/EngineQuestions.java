package dev.peerscope.view;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import dev.peerscope.engine.EngineReader;
import dev.peerscope.node.ExchangeNode;

/**
 * Asks the engine and waits for the answer.
 *
 * <p>All that one answer to a person shows is read in one question, so it is one moment's truth.
 */
final class EngineQuestions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ExchangeNode node;

    EngineQuestions(ExchangeNode node) {
        this.node = node;
    }

    /**
     * The answer to a question that reads bounded slices.
     *
     * @throws NodeNotReady when there is none within five seconds
     */
    <T> T ask(Function<EngineReader, T> question) {
        return answer(node.read(question));
    }

    /**
     * The answer to a question that has been asked.
     *
     * @throws NodeNotReady when there is none within five seconds
     */
    <T> T answer(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NodeNotReady("the engine gave no answer: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new NodeNotReady("the engine did not answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeNotReady("the wait for the engine was interrupted", e);
        }
    }
}
