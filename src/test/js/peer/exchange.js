// How a Codex node behaves on /codex/blockexc/1.0.0, with the misbehaviour that tests ask for.
import { keyOf } from '../codex/address.js'
import { Cid } from '../codex/cid.js'
import { decodeMessage, encodeMessage } from '../codex/message.js'
import { verifyProof } from '../codex/merkle.js'
import { FAULTS } from './faults.js'
import { framed, readFrames } from './framing.js'
import { PATIENCE_MS } from './patience.js'

export const PROTOCOL = '/codex/blockexc/1.0.0'
const PRESENCES_MAX = 1024
const DELIVERIES_MAX = 20

export class Exchange {
  muted = false
  fault = undefined
  #node
  #inventory
  #answerOnRequest
  #report
  #outgoing = new Map()
  #wanted = new Map()

  constructor (node, inventory, answerOnRequest, report) {
    this.#node = node
    this.#inventory = inventory
    this.#answerOnRequest = answerOnRequest
    this.#report = report
  }

  async start () {
    const accept = (stream, connection) => {
      this.#read(stream, connection.remotePeer.toString())
    }
    await this.#node.handle(PROTOCOL, accept, { maxInboundStreams: 100, maxOutboundStreams: 100 })
    this.#node.addEventListener('peer:disconnect', event => {
      this.#outgoing.delete(event.detail.toString())
      this.#wanted.delete(event.detail.toString())
    })
  }

  // Sends on this node's own stream to the peer, which is opened when it is first needed and then kept.
  async send (peer, message) {
    await write(await this.ownStream(peer), framed(encodeMessage(message)))
  }

  async ownStream (peer) {
    const opened = this.#outgoing.get(peer)
    const stream = await opened
    if (stream?.writeStatus === 'writable') {
      return stream
    }
    // Ended, or about to: its last event may come much later. Who came first has opened another one meanwhile.
    if (this.#outgoing.get(peer) === opened) {
      const opening = this.#open(peer)
      this.#outgoing.set(peer, opening)
      opening.catch(() => this.#outgoing.delete(peer))
    }
    return await this.#outgoing.get(peer)
  }

  // What the peer asked for with want-block and has not got yet, once the block has come.
  async serveWaiting () {
    for (const [peer, waiting] of this.#wanted) {
      await this.#deliver([...waiting.values()], peer, undefined)
    }
  }

  async #open (peer) {
    const connection = this.#node.getConnections().find(open => open.remotePeer.toString() === peer)
    if (connection === undefined) {
      throw new Error(`not connected to ${peer}`)
    }
    const stream = await connection.newStream(PROTOCOL)
    this.#read(stream, peer)
    return stream
  }

  // Reads every stream, also those that it opened itself: some peers answer on the stream of the request.
  async #read (stream, peer) {
    this.#report('streamOpened', { peer, direction: stream.direction })
    try {
      for await (const bytes of readFrames(stream)) {
        await this.#handle(decodeMessage(bytes), peer, stream)
      }
      this.#report('streamEnded', { peer, direction: stream.direction })
      await stream.close()
    } catch (error) {
      this.#report('streamFailed', { peer, direction: stream.direction, error: error.message })
      stream.abort(error)
    }
  }

  async #handle (message, peer, stream) {
    this.#reportAll(message, peer)
    if (this.muted) {
      return
    }
    const answers = message.entries
      .filter(entry => entry.wantType === 'have' && !entry.cancel)
      .map(entry => this.#inventory.answer(entry))
      .filter(presence => presence !== undefined)
    for (let start = 0; start < answers.length; start += PRESENCES_MAX) {
      await this.#answer(peer, stream, { presences: answers.slice(start, start + PRESENCES_MAX) })
    }
    const waiting = this.#wantedBy(peer)
    message.entries.filter(entry => entry.cancel).forEach(({ address }) => waiting.delete(keyOf(address)))
    const wanted = message.entries.filter(entry => entry.wantType === 'block' && !entry.cancel)
    wanted.forEach(({ address }) => waiting.set(keyOf(address), address))
    await this.#deliver(wanted.map(({ address }) => address), peer, stream)
  }

  async #deliver (addresses, peer, stream) {
    const deliveries = addresses
      .map(address => this.#inventory.deliveryOf(address))
      .filter(delivery => delivery !== undefined)
    deliveries.forEach(({ address }) => this.#wantedBy(peer).delete(keyOf(address)))
    for (let start = 0; start < deliveries.length; start += DELIVERIES_MAX) {
      const batch = deliveries.slice(start, start + DELIVERIES_MAX).map(delivery => this.#spoil(delivery))
      await this.#answer(peer, stream, { deliveries: batch })
      this.#report('served', { peer, addresses: batch.map(({ address }) => address) })
    }
  }

  #spoil (delivery) {
    const needsProof = this.fault !== 'wrongData'
    return this.fault === undefined || (needsProof && delivery.proof === undefined) ? delivery : FAULTS[this.fault](delivery)
  }

  async #answer (peer, stream, message) {
    if (this.#answerOnRequest && stream !== undefined) {
      await write(stream, framed(encodeMessage(message)))
    } else {
      await this.send(peer, message)
    }
  }

  #wantedBy (peer) {
    if (!this.#wanted.has(peer)) {
      this.#wanted.set(peer, new Map())
    }
    return this.#wanted.get(peer)
  }

  #reportAll (message, peer) {
    const { entries, full, presences, deliveries, account, payment } = message
    if (entries.length > 0 || full) {
      this.#report('wantList', { peer, full, entries })
    }
    if (presences.length > 0) {
      this.#report('presences', { peer, presences })
    }
    deliveries.forEach(delivery => this.#report('delivery', { peer, ...verdict(delivery) }))
    if (account !== '') {
      this.#report('account', { peer, account })
    }
    if (payment !== '') {
      this.#report('payment', { peer, payment })
    }
  }
}

// What was delivered, and whether data and proof hold.
function verdict ({ cid, data, address, proof }) {
  const parsed = Cid.parse(cid)
  const leaf = address.treeCid !== undefined
  return {
    address,
    cid,
    length: data.length,
    dataValid: parsed.matches(data),
    proofValid: leaf
      ? proof !== undefined && proof.index === address.index &&
        verifyProof(proof, parsed.digest, Cid.parse(address.treeCid).digest)
      : proof === undefined
  }
}

export async function write (stream, bytes) {
  if (!stream.send(bytes)) {
    await stream.onDrain({ signal: AbortSignal.timeout(PATIENCE_MS) })
  }
}
