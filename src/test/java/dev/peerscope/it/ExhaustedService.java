package dev.peerscope.it;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import dev.peerscope.PeerscopeApplication;
import dev.peerscope.block.Block;
import dev.peerscope.block.CodexCodec;
import dev.peerscope.event.ExchangeEvent.LimitMet;
import dev.peerscope.event.ExchangeEventSink;
import dev.peerscope.node.ExchangeNode;
import dev.peerscope.store.BlockStoreFull;

/** The service in a process of its own, one thread of which takes memory until there is none, where others catch what it throws. */
final class ExhaustedService {

    /** Which thread it is. */
    enum Place {
        REQUEST, EVENT_LOOP, ENGINE, UNREAD_FUTURE, DIRECT_MEMORY
    }

    private static final String PATH = "/exhaust";
    private static final int PIECE_BYTES = 1 << 16;

    private ExhaustedService() {}

    /** Arguments: the place, and the data directory. Ends with 0 if it is still there after a minute. */
    public static void main(String[] arguments) throws Exception {
        var place = Place.valueOf(arguments[0]);
        var context = new SpringApplicationBuilder(PeerscopeApplication.class)
                .initializers(starting -> prepare((GenericApplicationContext) starting, place))
                .run("--server.port=0", "--server.address=127.0.0.1", "--peerscope.store.capacity=0B",
                        "--peerscope.listen-addresses=/ip4/127.0.0.1/tcp/0",
                        "--peerscope.data-directory=" + Path.of(arguments[1]));
        exhaust(place, context);
        Thread.sleep(Duration.ofMinutes(1));
        context.close();
    }

    private static void prepare(GenericApplicationContext starting, Place place) {
        starting.registerBean("exhausting", SimpleUrlHandlerMapping.class, () -> new SimpleUrlHandlerMapping(
                Map.of(PATH, (HttpRequestHandler) (_, _) -> takeAll()), -1));
        starting.registerBean("hungry", ExchangeEventSink.class, () -> event -> {
            if (place == Place.ENGINE && event instanceof LimitMet) {
                takeAll();
            }
        });
    }

    private static void exhaust(Place place, ConfigurableApplicationContext context) throws Exception {
        switch (place) {
            case REQUEST -> {
                int port = Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
                new Socket("127.0.0.1", port).getOutputStream()
                        .write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            case EVENT_LOOP ->
                new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).execute(ExhaustedService::takeAll);
            case ENGINE -> {
                try {
                    context.getBean(ExchangeNode.class).content()
                            .put(Block.of(CodexCodec.BLOCK, new byte[1]));
                } catch (BlockStoreFull e) {
                    // Which is told on the engine's thread.
                }
            }
            case UNREAD_FUTURE -> Executors.newSingleThreadExecutor().submit(ExhaustedService::takeAll);
            case DIRECT_MEMORY -> new Thread(() -> {
                throw new OutOfMemoryError("Cannot reserve direct buffer memory");
            }).start();
        }
    }

    private static void takeAll() {
        List<byte[]> taken = new ArrayList<>();
        while (taken.size() < Integer.MAX_VALUE) {
            taken.add(new byte[PIECE_BYTES]);
        }
    }
}
