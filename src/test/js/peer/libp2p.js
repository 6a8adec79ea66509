// The libp2p node under the peer: TCP, Noise, the muxers in the order asked for, stock limits.
import { noise } from '@chainsafe/libp2p-noise'
import { yamux } from '@chainsafe/libp2p-yamux'
import { generateKeyPair, privateKeyFromRaw } from '@libp2p/crypto/keys'
import { identify, identifyPush } from '@libp2p/identify'
import { mplex } from '@libp2p/mplex'
import { tcp } from '@libp2p/tcp'
import { createLibp2p } from 'libp2p'
import { PATIENCE_MS } from './patience.js'

const KEY_TYPES = Object.freeze({ secp256k1: 'secp256k1', ed25519: 'Ed25519' })
const MUXERS = Object.freeze({ mplex, yamux })

export async function privateKeyOf ({ identity, key }) {
  return key === undefined ? await generateKeyPair(KEY_TYPES[identity]) : privateKeyFromRaw(Buffer.from(key, 'hex'))
}

export async function createNode ({ privateKey, muxers, earlyMuxer, identifies, listen, agent, keepAlive, idleTimeout }) {
  const patient = { timeout: PATIENCE_MS }
  return await createLibp2p({
    privateKey,
    addresses: { listen },
    transports: [tcp({ inboundSocketInactivityTimeout: idleTimeout, outboundSocketInactivityTimeout: idleTimeout })],
    connectionEncrypters: [earlyMuxer ? noise() : noiseWithoutMuxers()],
    streamMuxers: muxers.map(name => MUXERS[name]()),
    services: identifies ? { identify: identify(patient), identifyPush: identifyPush(patient) } : {},
    nodeInfo: { name: 'codex-interop-js', version: '1.0.0', userAgent: agent },
    connectionManager: {
      dialTimeout: PATIENCE_MS,
      addressDialTimeout: PATIENCE_MS,
      inboundUpgradeTimeout: PATIENCE_MS,
      inboundStreamProtocolNegotiationTimeout: PATIENCE_MS,
      outboundStreamProtocolNegotiationTimeout: PATIENCE_MS
    },
    connectionMonitor: { enabled: keepAlive, pingTimeout: { minTimeout: PATIENCE_MS, maxTimeout: PATIENCE_MS } }
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
