// libp2p's ping: whoever opens the stream sends 32 bytes and gets them back.
import { randomBytes } from 'node:crypto'
import { write } from './exchange.js'
import { PATIENCE_MS } from './patience.js'

const PROTOCOL = '/ipfs/ping/1.0.0'
const LENGTH = 32

export async function answerPings (node) {
  await node.handle(PROTOCOL, async stream => {
    try {
      for await (const bytes of stream) {
        await write(stream, bytes)
      }
      await stream.close()
    } catch (error) {
      stream.abort(error)
    }
  })
}

// Milliseconds there and back.
export async function ping (connection) {
  const stream = await connection.newStream(PROTOCOL, { signal: AbortSignal.timeout(PATIENCE_MS) })
  const sent = randomBytes(LENGTH)
  const sentAt = performance.now()
  await write(stream, sent)
  let answer = Buffer.alloc(0)
  for await (const bytes of stream) {
    answer = Buffer.concat([answer, bytes.subarray()])
    if (answer.length >= LENGTH) {
      break
    }
  }
  const milliseconds = performance.now() - sentAt
  await stream.close()
  if (!answer.equals(sent)) {
    throw new Error('a ping came back with other bytes')
  }
  return milliseconds
}
