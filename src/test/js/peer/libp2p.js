// The libp2p node under the peer: TCP, Noise, the muxers in the order asked for, stock limits.
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPair, privateKeyFromRaw } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { mplex } from '@libp2p/mplex'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'

const KEY_TYPES = Object.freeze({ secp256k1: 'secp256k1', ed25519: 'Ed25519' })
const MUXERS = Object.freeze({ mplex, yamux })

export async function privateKeyOf ({ identity, key }) {
  return key === undefined ? await generateKeyPair(KEY_TYPES[identity]) : privateKeyFromRaw(Buffer.from(key, 'hex'))
}

export async function createNode ({ privateKey, muxers, earlyMuxer, identifies, listen, agent, keepAlive, idleTimeout }) {
  return await createLibp2p({
    privateKey,
    addresses: { listen },
    transports: [tcp({ inboundSocketInactivityTimeout: idleTimeout, outboundSocketInactivityTimeout: idleTimeout })],
    connectionEncrypters: [earlyMuxer ? noise() : noiseWithoutMuxers()],
    streamMuxers: muxers.map(name => MUXERS[name]()),
    services: identifies ? { identify: identify(), identifyPush: identifyPush() } : {},
    nodeInfo: { name: 'codex-interop-js', version: '1.0.0', userAgent: agent },
    connectionMonitor: { enabled: keepAlive }
  })
}

// Neither offers muxers within the handshake nor heeds an offer, as a Codex node.
function noiseWithoutMuxers () {
  const create = noise({ extensions: { streamMuxers: [] } })
  return components => {
    const encrypter = create(components)
    encrypter.getStreamMuxer = () => undefined
    return encrypter
  }
}
