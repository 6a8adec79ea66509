package dev.peerscope;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;
import dev.peerscope.demo.DemoSettings;

/**
 * The swarm that the profile {@code demo} starts.
 *
 * @param peers Peers around this node.
 * @param blocks Into how many blocks each file is cut, at most.
 * @param pace Length of a round, in which everything that can happen happens at least once; 5 seconds or longer.
 * @param seed Of the peers' identities, what they hold and what they do.
 * @param file A file of yours, up to 64 MiB, that is shared in the place of the picture that comes with the demo.
 */
@Validated
@ConfigurationProperties("peerscope.demo")
public record DemoProperties(@Min(6) @Max(50) @DefaultValue("8") int peers,
        @Min(64) @Max(65_536) @DefaultValue("256") int blocks, @DefaultValue("40s") Duration pace,
        @DefaultValue("1") long seed, @Nullable Path file) {

    DemoSettings settings() {
        return new DemoSettings(peers, blocks, pace, seed, Optional.ofNullable(file));
    }
}
