package dev.peerscope;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import dev.peerscope.node.DialAddresses;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.identity.KeyType;

/**
 * What can be configured.
 *
 * @param listenAddresses Multiaddrs to listen on, such as {@code /ip4/0.0.0.0/tcp/8070}; with port 0 the system picks one, which
 *         {@code GET /api/v1/node} tells.
 * @param muxers Stream multiplexers in the order of preference: {@code yamux}, {@code mplex}. Codex speaks mplex.
 * @param connect Peers that are kept connected, as multiaddrs or signed peer records ({@code spr:…}), whose addresses are
 *         tried in turn.
 * @param dataDirectory Where the identity key and the history of presence changes are kept; one process at a time. Those of the demo are
 *         in the folder {@code demo} in it.
 * @param identity Who this node is.
 * @param memoryShare Share of the heap that everything may take which grows with peers; above it the peer that takes most is disconnected.
 * @param operatorToken What commands must bring as {@code Authorization: Bearer …}. Without it commands are open when the service
 *         listens on loopback only, to who calls it {@code localhost}, {@code 127.0.0.1} or {@code [::1]}, and refused otherwise.
 * @param metrics What is measured.
 * @param refresh How peers are asked again what they have.
 * @param fetch How blocks are fetched.
 * @param limits Bounds of what others may do.
 * @param store What is kept of blocks.
 * @param history What is kept of presence changes.
 * @param stream How live readers of presence changes are served.
 * @param limits What strangers may take.
 */
@Validated
@ConfigurationProperties("peerscope")
public record PeerscopeProperties(@DefaultValue("/ip4/127.0.0.1/tcp/8070") List<Multiaddr> listenAddresses,
        @NotEmpty @DefaultValue({
                "yamux",
                "mplex"}) List<@Pattern(regexp = "yamux|mplex", message = "only yamux and mplex are spoken") String> muxers,
        @DefaultValue List<DialAddresses> connect,
        @DefaultValue("peerscope-data") Path dataDirectory, @DefaultValue @Valid Identity identity,
        @DefaultValue("0.25") double memoryShare, @Nullable String operatorToken, @DefaultValue Metrics metrics,
        @DefaultValue @Valid Refresh refresh, @DefaultValue @Valid Fetch fetch, @DefaultValue @Valid Limits limits,
        @DefaultValue Store store, @DefaultValue @Valid History history,
        @DefaultValue @Valid Stream stream) {

    private static final double MEMORY_SHARE_MIN = 0.01;
    private static final double MEMORY_SHARE_MAX = 0.9;

    public PeerscopeProperties {
        if (!(memoryShare >= MEMORY_SHARE_MIN && memoryShare <= MEMORY_SHARE_MAX)) {
            throw new IllegalArgumentException("peerscope.memory-share must be from " + MEMORY_SHARE_MIN + " to "
                    + MEMORY_SHARE_MAX + ", and is " + memoryShare);
        }
    }

    /**
     * Who this node is.
     *
     * @param keyFile File of the identity key; made when it does not exist. By default {@code identity.key} in the data directory.
     * @param keyType Kind of key when one is made: {@code secp256k1}, which Codex nodes require, or {@code ed25519}.
     */
    public record Identity(@Nullable Path keyFile, @DefaultValue("secp256k1") KeyType keyType) {}

    /**
     * What is measured.
     *
     * @param codexNames Whether the counters that dashboards for Codex read are published too, under their own names.
     * @param peers Whether peers are shown one by one to Prometheus, at {@code /api/v1/metrics/peers}.
     */
    public record Metrics(@DefaultValue("true") boolean codexNames, @DefaultValue("false") boolean peers) {}

    /**
     * How peers are asked again what they have.
     *
     * @param shortestInterval Shortest time between two questions about the same block to the same peer.
     * @param entriesPerSecond Blocks that one peer is asked about each second, at most.
     * @param answerTimeout Time after which a block that was asked about and not answered becomes unknown.
     */
    public record Refresh(@DurationMin(millis = 1) @DefaultValue("10s") Duration shortestInterval,
            @Min(1) @DefaultValue("10000") int entriesPerSecond,
            @DurationMin(millis = 1) @DefaultValue("10s") Duration answerTimeout) {}

    /**
     * How blocks are fetched.
     *
     * @param requestTimeout Time after which a peer that was asked for blocks and delivers none is disconnected. A single block is
     *         asked of another peer sooner, after the time that the peer it was asked of should take.
     * @param requestsPerPeer Blocks that one peer is asked for at a time, at most; few at first, more as it delivers.
     * @param retries Tries for a block before a download gives it up.
     * @param preferCheap Whether a lower price counts in choosing among the peers that have a block.
     */
    public record Fetch(@DurationMin(millis = 1) @DefaultValue("60s") Duration requestTimeout,
            @Min(1) @DefaultValue("512") int requestsPerPeer,
            @Min(1) @DefaultValue("3000") int retries, @DefaultValue("false") boolean preferCheap) {}

    /**
     * What is kept of blocks.
     *
     * @param capacity Data of blocks that is held in memory, at most.
     */
    public record Store(@DefaultValue("256MB") DataSize capacity) {}

    /**
     * What is kept of presence changes.
     *
     * @param durable Whether they are kept in {@code history.db} in the data directory. If not, only those in memory are kept, and end
     *         with the process.
     * @param maxAge How long they are kept on disk; the oldest are forgotten, a few percent of that time later at most.
     * @param maxSize How large the file may be, 1MB or more; the oldest are forgotten. Its write-ahead log of up to some tens of
     *         megabytes is beside it.
     * @param changes Presence changes that are kept in memory, at most; what readers may fall behind without a look at the disk, and
     *         the disk without a gap.
     * @param ranges Ranges of leaf indices in all of them together, at most, which is what their memory goes by.
     */
    public record History(@DefaultValue("true") boolean durable,
            @DurationMin(seconds = 1) @DefaultValue("30d") Duration maxAge,
            @DefaultValue("1GB") DataSize maxSize,
            @Min(1) @DefaultValue("100000") int changes, @Min(1) @DefaultValue("4000000") long ranges) {

        private static final DataSize SIZE_MIN = DataSize.ofMegabytes(1);

        public History {
            if (maxSize.compareTo(SIZE_MIN) < 0) {
                throw new IllegalArgumentException(
                        "peerscope.history.max-size must be 1MB or more, and is " + maxSize);
            }
        }
    }

    /**
     * How live readers of presence changes are served.
     *
     * @param subscribers Live readers at the same time, at most.
     * @param pingInterval After how much silence a comment is sent to keep the connection alive.
     */
    public record Stream(@Min(1) @DefaultValue("256") int subscribers,
            @DurationMin(millis = 1) @DefaultValue("15s") Duration pingInterval) {}

    /**
     * What strangers may take.
     *
     * @param connections Connections with peers, at most; up to 10,000. An eighth is kept for dials. Each needs an open file and some
     *         memory; the start is refused when the system allows too few open files.
     * @param addressShareExempt Networks, such as {@code 10.0.0.0/8}, whose addresses may have more than a quarter of the connections
     *         each. By default those that the Internet does not reach, since behind the NAT of a container all peers have one address. Empty:
     *         every address has its share only.
     * @param provenWrong Deliveries of one peer that were not the block that they were to be; at that many it is disconnected.
     */
    public record Limits(@Min(1) @Max(10_000) @DefaultValue("160") int connections,
            @DefaultValue({"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                    "100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"}) List<IpNetwork> addressShareExempt,
            @Min(1) @DefaultValue("16") int provenWrong) {}
}
