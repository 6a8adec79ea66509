// The messages of /codex/blockexc/1.0.0, byte for byte as a Codex node writes them: every scalar and
// every single sub-message is written, in the order of their numbers, also when empty.
import { decodeAddress, encodeAddress } from './address.js'
import { Cid } from './cid.js'
import { decodeProof, encodeProof } from './merkle.js'
import { ProtobufWriter, readFields, toNumber } from './protobuf.js'

export const WANT_TYPE = Object.freeze({ block: 0, have: 1 })
export const PRESENCE = Object.freeze({ have: 0, dontHave: 1 })
const PRICE_LENGTH = 32

export function encodeMessage ({ entries = [], full = false, deliveries = [], presences = [], pendingBytes = 0, account = '', payment = '' }) {
  const writer = new ProtobufWriter().bytes(1, encodeWantList(entries, full))
  deliveries.forEach(delivery => writer.bytes(3, encodeDelivery(delivery)))
  presences.forEach(presence => writer.bytes(4, encodePresence(presence)))
  return writer
    .varint(5, pendingBytes)
    .bytes(6, wrapped(account))
    .bytes(7, wrapped(payment))
    .finish()
}

export function decodeMessage (bytes) {
  const message = { entries: [], full: false, deliveries: [], presences: [], pendingBytes: 0, account: '', payment: '' }
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 1: Object.assign(message, decodeWantList(value)); break
      case 3: message.deliveries.push(decodeDelivery(value)); break
      case 4: message.presences.push(decodePresence(value)); break
      case 5: message.pendingBytes = toNumber(value); break
      case 6: message.account = unwrapped(value); break
      case 7: message.payment = unwrapped(value); break
    }
  }
  return message
}

function encodeWantList (entries, full) {
  const writer = new ProtobufWriter()
  entries.forEach(entry => writer.bytes(1, encodeEntry(entry)))
  return writer.varint(2, full ? 1 : 0).finish()
}

function encodeEntry ({ address, priority = 0, cancel = false, wantType = 'have', sendDontHave = false }) {
  return new ProtobufWriter()
    .bytes(1, encodeAddress(address))
    .varint(2, priority)
    .varint(3, cancel ? 1 : 0)
    .varint(4, WANT_TYPE[wantType] ?? wantType)
    .varint(5, sendDontHave ? 1 : 0)
    .finish()
}

function encodeDelivery ({ cid, data, address, proof }) {
  const writer = new ProtobufWriter()
    .bytes(1, Cid.parse(cid).bytes)
    .bytes(2, data)
    .bytes(3, encodeAddress(address))
  return (proof === undefined ? writer : writer.bytes(4, encodeProof(proof))).finish()
}

function encodePresence ({ address, have = true, price = '0' }) {
  return new ProtobufWriter()
    .bytes(1, encodeAddress(address))
    .varint(2, have ? PRESENCE.have : PRESENCE.dontHave)
    .bytes(3, encodePrice(price))
    .finish()
}

function encodePrice (price) {
  return Buffer.from(BigInt(price).toString(16).padStart(PRICE_LENGTH * 2, '0'), 'hex')
}

function wrapped (hex) {
  return new ProtobufWriter().bytes(1, Buffer.from(hex, 'hex')).finish()
}

function decodeWantList (bytes) {
  const list = { entries: [], full: false }
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 1: list.entries.push(decodeEntry(value)); break
      case 2: list.full = value !== 0n; break
    }
  }
  return list
}

function decodeEntry (bytes) {
  const entry = { address: undefined, priority: 0, cancel: false, wantType: 'block', sendDontHave: false }
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 1: entry.address = decodeAddress(value); break
      case 2: entry.priority = Number(BigInt.asIntN(64, value)); break
      case 3: entry.cancel = value !== 0n; break
      case 4: entry.wantType = value === 1n ? 'have' : 'block'; break
      case 5: entry.sendDontHave = value !== 0n; break
    }
  }
  return entry
}

function decodeDelivery (bytes) {
  const delivery = {}
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 1: delivery.cid = new Cid(value).toString(); break
      case 2: delivery.data = value; break
      case 3: delivery.address = decodeAddress(value); break
      case 4: delivery.proof = decodeProof(value); break
    }
  }
  return delivery
}

function decodePresence (bytes) {
  const presence = { address: undefined, have: true, price: '0' }
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 1: presence.address = decodeAddress(value); break
      case 2: presence.have = value === 0n; break
      case 3: presence.price = value.length === 0 ? '0' : BigInt(`0x${value.toString('hex')}`).toString(); break
    }
  }
  return presence
}

function unwrapped (bytes) {
  for (const { field, value } of readFields(bytes)) {
    if (field === 1) {
      return value.toString('hex')
    }
  }
  return ''
}
