package dev.peerscope.peer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The protocols that an address may name, with their codes in the multiformats table. */
enum MultiaddrProtocol {
    IP4("ip4", 4, AddressText.IP4), //
    TCP("tcp", 6, AddressText.PORT), //
    IP6("ip6", 41, AddressText.IP6), //
    IP6ZONE("ip6zone", 42, AddressText.NAME), //
    DNS("dns", 53, AddressText.NAME), //
    DNS4("dns4", 54, AddressText.NAME), //
    DNS6("dns6", 55, AddressText.NAME), //
    DNSADDR("dnsaddr", 56, AddressText.NAME), //
    UDP("udp", 273, AddressText.PORT), //
    WEBRTC_DIRECT("webrtc-direct", 280, AddressText.NONE), //
    WEBRTC("webrtc", 281, AddressText.NONE), //
    P2P_CIRCUIT("p2p-circuit", 290, AddressText.NONE), //
    P2P("p2p", 421, AddressText.PEER), //
    TLS("tls", 448, AddressText.NONE), //
    SNI("sni", 449, AddressText.NAME), //
    NOISE("noise", 454, AddressText.NONE), //
    QUIC("quic", 460, AddressText.NONE), //
    QUIC_V1("quic-v1", 461, AddressText.NONE), //
    WEBTRANSPORT("webtransport", 465, AddressText.NONE), //
    CERTHASH("certhash", 466, AddressText.MULTIBASE64), //
    WS("ws", 477, AddressText.NONE), //
    WSS("wss", 478, AddressText.NONE);

    private static final Map<Integer, MultiaddrProtocol> BY_CODE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(p -> p.code, Function.identity()));
    private static final Map<String, MultiaddrProtocol> BY_NAME = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(p -> p.text, Function.identity()));

    final String text;
    final int code;
    final AddressText value;

    MultiaddrProtocol(String text, int code, AddressText value) {
        this.text = text;
        this.code = code;
        this.value = value;
    }

    static MultiaddrProtocol byCode(long code) {
        var found = code <= Integer.MAX_VALUE ? BY_CODE.get((int) code) : null;
        if (found == null) {
            throw new InvalidMultiaddr("protocol code " + code + " is not known");
        }
        return found;
    }

    static MultiaddrProtocol byName(String name) {
        // Older software writes /ipfs/ for what is /p2p/ today; the code is the same.
        var found = BY_NAME.get(name.equals("ipfs") ? "p2p" : name);
        if (found == null) {
            throw new InvalidMultiaddr("protocol '" + name + "' is not known");
        }
        return found;
    }
}
