// Just enough protobuf for the Codex messages. The writer emits every field it is given, zero or not,
// because that is what a Codex node does; the reader hands back fields in the order of arrival.

const VARINT = 0
const BYTES = 2
const LENGTH_MAX = Number.MAX_SAFE_INTEGER

export class ProtobufWriter {
  #parts = []

  varint (field, value) {
    this.#parts.push(encodeVarint((field << 3) | VARINT), encodeVarint(value))
    return this
  }

  bytes (field, value) {
    this.#parts.push(encodeVarint((field << 3) | BYTES), encodeVarint(value.length), value)
    return this
  }

  finish () {
    return Buffer.concat(this.#parts)
  }
}

// Yields {field, value}: a BigInt for a varint, a Buffer for a length-delimited field.
export function * readFields (bytes) {
  let offset = 0
  while (offset < bytes.length) {
    const tag = decodeVarint(bytes, offset)
    offset = tag.end
    const field = Number(tag.value >> 3n)
    switch (Number(tag.value & 7n)) {
      case VARINT: {
        const { value, end } = decodeVarint(bytes, offset)
        offset = end
        yield { field, value }
        break
      }
      case BYTES: {
        const length = decodeVarint(bytes, offset)
        const end = length.end + Number(length.value)
        if (end > bytes.length) {
          throw new RangeError(`field ${field} ends at ${end}, the message at ${bytes.length}`)
        }
        yield { field, value: bytes.subarray(length.end, end) }
        offset = end
        break
      }
      default:
        throw new RangeError(`field ${field} has wire type ${tag.value & 7n}`)
    }
  }
}

export function encodeVarint (value) {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes = []
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Buffer.from(bytes)
}

// {value, end}, or undefined when the bytes stop inside the varint and `partial` is set.
export function decodeVarint (bytes, offset = 0, partial = false) {
  let value = 0n
  for (let shift = 0n, at = offset; shift < 70n; shift += 7n, at++) {
    if (at >= bytes.length) {
      if (partial) {
        return undefined
      }
      throw new RangeError('a varint is cut off')
    }
    value |= BigInt(bytes[at] & 127) << shift
    if (bytes[at] < 128) {
      return { value: BigInt.asUintN(64, value), end: at + 1 }
    }
  }
  throw new RangeError('a varint is longer than ten bytes')
}

// A number where it fits exactly, the BigInt itself where it does not.
export function toNumber (value) {
  return value <= BigInt(LENGTH_MAX) ? Number(value) : value
}
