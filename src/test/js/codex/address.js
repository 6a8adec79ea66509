// A block address: {treeCid, index} for a leaf of a dataset's tree, {cid} for a block on its own.
// CIDs are text here, so that an address goes into JSON and comes out of it unchanged.
import { Cid } from './cid.js'
import { ProtobufWriter, readFields, toNumber } from './protobuf.js'

export function encodeAddress (address) {
  return address.treeCid === undefined
    ? new ProtobufWriter().varint(1, 0).bytes(4, Cid.parse(address.cid).bytes).finish()
    : new ProtobufWriter().varint(1, 1).bytes(2, Cid.parse(address.treeCid).bytes).varint(3, address.index).finish()
}

export function decodeAddress (bytes) {
  let leaf = false
  const address = { index: 0 }
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 1: leaf = value !== 0n; break
      case 2: address.treeCid = new Cid(value).toString(); break
      case 3: address.index = toNumber(value); break
      case 4: address.cid = new Cid(value).toString(); break
    }
  }
  return leaf ? { treeCid: address.treeCid, index: address.index } : { cid: address.cid }
}

// The same text for the same address: the key of every map in this peer.
export function keyOf (address) {
  return address.treeCid === undefined ? address.cid : `${address.treeCid}/${address.index}`
}

// Expands {treeCid, indices: "0-9,12"} into one address per index; other addresses stay as they are.
export function expand (item) {
  if (item.indices === undefined) {
    return [item]
  }
  const { indices, ...rest } = item
  return indices.split(',').flatMap(range => {
    const [first, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, step) => ({ ...rest, index: first + step }))
  })
}
