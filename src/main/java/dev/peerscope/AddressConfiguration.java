package dev.peerscope;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;

import dev.peerscope.node.DialAddresses;
import dev.peerscope.peer.IpNetwork;
import dev.peerscope.peer.Multiaddr;
import dev.peerscope.transport.HostSettings;

/** Reads addresses in the configuration. */
@Configuration(proxyBeanMethods = false)
class AddressConfiguration {

    @Bean
    @ConfigurationPropertiesBinding
    static ToListenAddress toListenAddress() {
        return new ToListenAddress();
    }

    @Bean
    @ConfigurationPropertiesBinding
    static ToDialAddresses toDialAddresses() {
        return new ToDialAddresses();
    }

    @Bean
    @ConfigurationPropertiesBinding
    static ToIpNetwork toIpNetwork() {
        return new ToIpNetwork();
    }

    /** A class of its own, since a lambda hides from the framework what it converts. */
    static final class ToListenAddress implements Converter<String, Multiaddr> {

        @Override
        public Multiaddr convert(String text) {
            var address = Multiaddr.parse(text);
            HostSettings.requireListenable(address);
            return address;
        }
    }

    /** Likewise. */
    static final class ToDialAddresses implements Converter<String, DialAddresses> {

        @Override
        public DialAddresses convert(String text) {
            return DialAddresses.parse(text);
        }
    }

    /** Likewise. */
    static final class ToIpNetwork implements Converter<String, IpNetwork> {

        @Override
        public IpNetwork convert(String text) {
            return IpNetwork.parse(text);
        }
    }
}
