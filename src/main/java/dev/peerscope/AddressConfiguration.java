package dev.peerscope;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

import dev.peerscope.node.DialAddresses;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.peer.PeerAddress;

/** Reads addresses in the configuration. */
@Configuration(proxyBeanMethods = false)
class AddressConfiguration {

    @Bean
    @ConfigurationPropertiesBinding
    static ToMultiaddr toMultiaddr() {
        return new ToMultiaddr();
    }

    @Bean
    @ConfigurationPropertiesBinding
    static ToPeerAddress toPeerAddress() {
        return new ToPeerAddress();
    }

    /** A class of its own, since a lambda hides from the framework what it converts. */
    static final class ToMultiaddr implements Converter<String, Multiaddr> {

        @Override
        public Multiaddr convert(String text) {
            return Multiaddr.parse(text);
        }
    }

    /** Likewise. */
    static final class ToPeerAddress implements Converter<String, PeerAddress> {

        @Override
        public PeerAddress convert(String text) {
            return DialAddresses.parse(text).getFirst();
        }
    }
}
