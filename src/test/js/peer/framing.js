// Messages on a stream: a length as a varint, then so many bytes.
import { decodeVarint, encodeVarint } from '../codex/protobuf.js'

const LENGTH_MAX = 100 * 1024 * 1024

export function framed (message) {
  return Buffer.concat([encodeVarint(message.length), message])
}

// Yields each whole message of a stream; throws on a length that no Codex node accepts and on a cut-off one.
export async function * readFrames (stream) {
  let unread = Buffer.alloc(0)
  for await (const chunk of stream) {
    unread = Buffer.concat([unread, chunk.subarray()])
    for (let frame = nextFrame(unread); frame !== undefined; frame = nextFrame(unread)) {
      unread = unread.subarray(frame.end)
      yield frame.message
    }
  }
  if (unread.length > 0) {
    throw new RangeError(`the stream ends ${unread.length} bytes into a message`)
  }
}

function nextFrame (bytes) {
  const length = decodeVarint(bytes, 0, true)
  if (length === undefined) {
    return undefined
  }
  if (length.value > BigInt(LENGTH_MAX)) {
    throw new RangeError(`a message of ${length.value} bytes`)
  }
  const end = length.end + Number(length.value)
  return end > bytes.length ? undefined : { message: bytes.subarray(length.end, end), end }
}
