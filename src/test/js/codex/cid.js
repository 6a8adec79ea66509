// Codex CIDs: version 1, one of the Codex codecs, SHA-256; in text base58btc with the prefix z.
import { createHash } from 'node:crypto'
import { decodeVarint, encodeVarint } from './protobuf.js'

export const CODEC = Object.freeze({ manifest: 0xcd01, block: 0xcd02, root: 0xcd03 })
export const SHA_256 = 0x12
const DIGEST_LENGTH = 32
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

export class Cid {
  constructor (bytes) {
    const version = decodeVarint(bytes)
    const codec = decodeVarint(bytes, version.end)
    if (version.value !== 1n || bytes[codec.end] !== SHA_256 || bytes[codec.end + 1] !== DIGEST_LENGTH ||
        bytes.length !== codec.end + 2 + DIGEST_LENGTH) {
      throw new RangeError(`not a CID of version 1 with SHA-256: ${Buffer.from(bytes).toString('hex')}`)
    }
    this.bytes = Buffer.from(bytes)
    this.codec = Number(codec.value)
    this.digest = this.bytes.subarray(codec.end + 2)
  }

  static ofDigest (codec, digest) {
    return new Cid(Buffer.concat([Buffer.from([1]), encodeVarint(codec), Buffer.from([SHA_256, DIGEST_LENGTH]), digest]))
  }

  static ofData (codec, data) {
    return Cid.ofDigest(codec, sha256(data))
  }

  static parse (text) {
    if (!text.startsWith('z')) {
      throw new RangeError(`not a base58btc CID: ${text}`)
    }
    return new Cid(base58Decode(text.slice(1)))
  }

  matches (data) {
    return this.digest.equals(sha256(data))
  }

  toString () {
    return `z${base58Encode(this.bytes)}`
  }
}

export function sha256 (...parts) {
  const hash = createHash('sha256')
  parts.forEach(part => hash.update(part))
  return hash.digest()
}

// Neither direction treats leading zero bytes: a CID starts with its version, 1.
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
