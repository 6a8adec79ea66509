// Merkle trees and proofs as Codex builds them. A leaf is the SHA-256 digest of its block, a parent is
// SHA-256(left, right, key); the key tells the bottom layer from the others and a missing right sibling,
// which counts as 32 zero bytes, from a present one.
import { sha256, SHA_256 } from './cid.js'
import { ProtobufWriter, readFields, toNumber } from './protobuf.js'

const MISSING = Buffer.alloc(32)
const KEY = Object.freeze({ other: 0, bottom: 1, otherOdd: 2, bottomOdd: 3 })

export class MerkleTree {
  constructor (leaves) {
    this.layers = [leaves]
    // A tree of one leaf still has one step.
    do {
      this.layers.push(parents(this.layers.at(-1), this.layers.length === 1))
    } while (this.layers.at(-1).length > 1)
  }

  get root () {
    return this.layers.at(-1)[0]
  }

  proof (index) {
    const path = this.layers.slice(0, -1).map((layer, height) => layer[(index >> height) ^ 1] ?? MISSING)
    return { index, leafCount: this.layers[0].length, path }
  }
}

export function verifyProof ({ index, leafCount, path }, leaf, root) {
  let hash = leaf
  let position = index
  let width = leafCount
  path.forEach((sibling, height) => {
    const bottom = height === 0
    const odd = position % 2 === 0 && position === width - 1
    hash = position % 2 === 0 ? parent(hash, sibling, bottom, odd) : parent(sibling, hash, bottom, false)
    position = Math.floor(position / 2)
    width = Math.ceil(width / 2)
  })
  return width === 1 && position === 0 && hash.equals(root)
}

export function encodeProof ({ index, leafCount, path }) {
  const writer = new ProtobufWriter().varint(1, SHA_256).varint(2, index).varint(3, leafCount)
  path.forEach(hash => writer.bytes(4, new ProtobufWriter().bytes(1, hash).finish()))
  return writer.finish()
}

export function decodeProof (bytes) {
  const proof = { index: 0, leafCount: 0, path: [] }
  for (const { field, value } of readFields(bytes)) {
    switch (field) {
      case 2: proof.index = toNumber(value); break
      case 3: proof.leafCount = toNumber(value); break
      case 4: proof.path.push(readFields(value).next().value.value); break
    }
  }
  return proof
}

function parents (layer, bottom) {
  const above = []
  for (let left = 0; left < layer.length; left += 2) {
    const odd = left + 1 === layer.length
    above.push(parent(layer[left], odd ? MISSING : layer[left + 1], bottom, odd))
  }
  return above
}

function parent (left, right, bottom, odd) {
  const key = bottom ? (odd ? KEY.bottomOdd : KEY.bottom) : (odd ? KEY.otherOdd : KEY.other)
  return sha256(left, right, Buffer.from([key]))
}
