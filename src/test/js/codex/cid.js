// CIDs as the real decoder takes them: version 1, any content type, SHA-256, in text base58btc with the prefix z; or
// version 0, which is a bare SHA-256 multihash, means dag-pb, and in text is base58btc without a prefix (Qm…).
import { createHash } from 'node:crypto'
import { decodeVarint, encodeVarint } from './protobuf.js'

export const CODEC = Object.freeze({ dagPb: 0x70, manifest: 0xcd01, block: 0xcd02, root: 0xcd03 })
export const SHA_256 = 0x12
const DIGEST_LENGTH = 32
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

export class Cid {
  constructor (bytes) {
    const { codec, hashAt } = prefixOf(bytes)
    if (bytes[hashAt] !== SHA_256 || bytes[hashAt + 1] !== DIGEST_LENGTH || bytes.length !== hashAt + 2 + DIGEST_LENGTH) {
      throw new RangeError(`not a CID with SHA-256: ${Buffer.from(bytes).toString('hex')}`)
    }
    this.bytes = Buffer.from(bytes)
    this.codec = codec
    this.version = hashAt === 0 ? 0 : 1
    this.digest = this.bytes.subarray(hashAt + 2)
  }

  static ofDigest (codec, digest) {
    return new Cid(Buffer.concat([Buffer.from([1]), encodeVarint(codec), Buffer.from([SHA_256, DIGEST_LENGTH]), digest]))
  }

  static ofData (codec, data) {
    return Cid.ofDigest(codec, sha256(data))
  }

  static parse (text) {
    if (text.startsWith('Qm')) {
      return new Cid(base58Decode(text))
    }
    if (!text.startsWith('z')) {
      throw new RangeError(`not a base58btc CID: ${text}`)
    }
    return new Cid(base58Decode(text.slice(1)))
  }

  matches (data) {
    return this.digest.equals(sha256(data))
  }

  toString () {
    return this.version === 0 ? base58Encode(this.bytes) : `z${base58Encode(this.bytes)}`
  }
}

export function sha256 (...parts) {
  const hash = createHash('sha256')
  parts.forEach(part => hash.update(part))
  return hash.digest()
}

// What stands before the multihash: version and content type, or in version 0 nothing.
function prefixOf (bytes) {
  if (bytes[0] === SHA_256 && bytes[1] === DIGEST_LENGTH) {
    return { codec: CODEC.dagPb, hashAt: 0 }
  }
  const version = decodeVarint(bytes)
  const codec = decodeVarint(bytes, version.end)
  if (version.value !== 1n) {
    throw new RangeError(`not a CID of version 0 or 1: ${Buffer.from(bytes).toString('hex')}`)
  }
  return { codec: Number(codec.value), hashAt: codec.end }
}

// Neither direction treats leading zero bytes: a CID starts with its version, 1, or the code of its hash, 0x12.
function base58Encode (bytes) {
  let rest = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  while (rest > 0n) {
    text = ALPHABET[Number(rest % 58n)] + text
    rest /= 58n
  }
  return text
}

function base58Decode (text) {
  let value = 0n
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter)
    if (digit < 0) {
      throw new RangeError(`not a base58 letter: ${letter}`)
    }
    value = value * 58n + BigInt(digit)
  }
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}
