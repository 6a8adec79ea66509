package dev.peerscope;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;

/** A test against the whole service, on ports that the system picks; tests that differ in nothing else share one service. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
        "peerscope.data-directory=target/test-data/${random.uuid}", "peerscope.refresh.shortest-interval=200ms",
        // So that no peer is forgotten what it said because it, or we, had no turn for a while.
        "peerscope.refresh.answer-timeout=10m",
        "peerscope.stream.ping-interval=100ms"})
public @interface RunningService {}
