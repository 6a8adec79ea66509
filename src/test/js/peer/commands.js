// Everything that a test can tell the peer to do. Each takes the fields of its JSON line and may return a result.
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { expand } from '../codex/address.js'
import { Dataset } from '../codex/dataset.js'
import { encodeVarint } from '../codex/protobuf.js'
import { write } from './exchange.js'
import { FAULTS } from './faults.js'
import { framed } from './framing.js'
import { PATIENCE_MS } from './patience.js'
import { ping } from './ping.js'

const PRESENCES_MAX = 1024

export function createCommands ({ node, privateKey, inventory, exchange }) {
  const connectionTo = peer => {
    const connection = node.getConnections().find(({ remotePeer }) => peer === undefined || remotePeer.toString() === peer)
    if (connection === undefined) {
      throw new Error(`not connected to ${peer ?? 'anybody'}`)
    }
    return connection
  }
  // The peer that is named, or the only one there is.
  const peerId = peer => connectionTo(peer).remotePeer.toString()
  const addresses = items => items.flatMap(expand)

  const want = async ({ peer, blocks, full = false, priority = 0, sendDontHave = false }, wantType, cancel = false) => {
    const entries = addresses(blocks).map(address => ({ address, priority, cancel, wantType, sendDontHave }))
    await exchange.send(peerId(peer), { entries, full })
  }

  const sendPresences = async (peer, presences) => {
    for (let start = 0; start < presences.length; start += PRESENCES_MAX) {
      await exchange.send(peerId(peer), { presences: presences.slice(start, start + PRESENCES_MAX) })
    }
  }

  return {
    // Connections
    async dial ({ address }) {
      const connection = await node.dial(multiaddr(address), { signal: AbortSignal.timeout(PATIENCE_MS) })
      return { peer: connection.remotePeer.toString(), muxer: connection.multiplexer }
    },
    async leave ({ peer }) {
      await connectionTo(peer).close()
    },
    async abort ({ peer }) {
      connectionTo(peer).abort(new Error('told to'))
    },
    async ping ({ peer }) {
      return { milliseconds: await ping(connectionTo(peer)) }
    },

    // Its addresses under its signature, in the form that a Codex node prints.
    async record () {
      const record = new PeerRecord({ peerId: node.peerId, multiaddrs: node.getMultiaddrs() })
      const envelope = await RecordEnvelope.seal(record, privateKey)
      return { spr: `spr:${Buffer.from(envelope.marshal()).toString('base64url')}` }
    },

    // What it has
    async setBlocks ({ blocks }) {
      inventory.replace(addresses(blocks))
    },
    async addBlocks ({ blocks }) {
      inventory.add(addresses(blocks))
      await exchange.serveWaiting()
    },
    async loseBlocks ({ blocks }) {
      inventory.remove(addresses(blocks))
    },
    async dataset ({ claim = true, price = '0', ...description }) {
      const dataset = new Dataset(description)
      for (const delivery of dataset.deliveries()) {
        inventory.keep(delivery)
        if (claim) {
          inventory.add([{ ...delivery.address, price }])
        }
      }
      return dataset.describe()
    },
    async blockData ({ block }) {
      const { cid, data } = inventory.kept(block)
      return { cid, hex: data.toString('hex') }
    },

    // What it says unasked
    async announce ({ peer, blocks }) {
      const presences = blocks === undefined
        ? inventory.presences()
        : addresses(blocks).map(({ price = '0', ...address }) => ({ address, have: true, price }))
      await sendPresences(peer, presences)
    },
    async deny ({ peer, blocks }) {
      inventory.remove(addresses(blocks))
      await sendPresences(peer, addresses(blocks).map(address => ({ address, have: false })))
    },
    async account ({ peer, hex }) {
      await exchange.send(peerId(peer), { account: hex })
    },

    // What it asks for
    async wantHave (command) {
      await want(command, 'have')
    },
    async wantBlock (command) {
      await want(command, 'block')
    },
    async cancel (command) {
      await want(command, 'have', true)
    },

    // How it misbehaves
    async mute ({ on = true }) {
      exchange.muted = on
    },
    async fault ({ kind }) {
      if (kind !== undefined && FAULTS[kind] === undefined) {
        throw new RangeError(`no such fault: ${kind}`)
      }
      exchange.fault = kind
    },
    async sendRaw ({ peer, hex }) {
      await write(await exchange.ownStream(peerId(peer)), Buffer.from(hex, 'hex'))
    },
    async sendMessage ({ peer, hex }) {
      await write(await exchange.ownStream(peerId(peer)), framed(Buffer.from(hex, 'hex')))
    },
    // Says that a message of this length comes, and then only begins it.
    async oversized ({ peer, length }) {
      await write(await exchange.ownStream(peerId(peer)), Buffer.concat([encodeVarint(length), Buffer.alloc(1024)]))
    },
    async openStream ({ peer }) {
      await exchange.ownStream(peerId(peer))
    },
    async closeStream ({ peer }) {
      const stream = await exchange.ownStream(peerId(peer))
      await stream.close()
    },
    async resetStream ({ peer }) {
      const stream = await exchange.ownStream(peerId(peer))
      stream.abort(new Error('told to'))
    }
  }
}
