// Two js-libp2p nodes that move blocks as fast as they can, for the benchmark `transfer`:
//   node transfer.js serve <muxer>                              prints its address, and CPU seconds when its input ends
//   node transfer.js fetch <muxer> <address> <MiB> <MiB>        warms up, then prints seconds and CPU seconds
import './polyfill.js'
import { createHash } from 'node:crypto'
import { multiaddr } from '@multiformats/multiaddr'

const PROTOCOL = '/transfer/1'
const BLOCK = 64 * 1024
const [role, muxer, address, ...sizes] = process.argv.slice(2)

const { createNode, privateKeyOf } = await import('./peer/libp2p.js')

const node = await createNode({
  privateKey: await privateKeyOf({ identity: 'secp256k1' }),
  muxers: [muxer],
  earlyMuxer: true,
  identifies: false,
  listen: role === 'serve' ? ['/ip4/127.0.0.1/tcp/0'] : [],
  agent: 'transfer-js',
  keepAlive: false
})

function cpuSeconds () {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

if (role === 'serve') {
  const block = Buffer.alloc(BLOCK, 7)
  await node.handle(PROTOCOL, async stream => {
    for await (const asked of stream) {
      let left = Number(Buffer.from(asked.subarray()).toString()) * 16
      while (left-- > 0) {
        if (!stream.send(block)) {
          await stream.onDrain()
        }
      }
      break
    }
    await stream.close()
  })
  console.log(node.getMultiaddrs()[0].toString())
  process.stdin.on('end', () => console.log(cpuSeconds())).resume()
} else {
  const connection = await node.dial(multiaddr(address))
  let seconds = 0
  for (const mib of sizes) {
    const start = performance.now()
    const stream = await connection.newStream(PROTOCOL)
    stream.send(Buffer.from(mib))
    let left = Number(mib) * 16 * BLOCK
    let hash = createHash('sha256')
    let inBlock = 0
    for await (const chunk of stream) {
      for (const part of chunk instanceof Uint8Array ? [chunk] : chunk) {
        left -= part.byteLength
        hash.update(part)
        inBlock += part.byteLength
        if (inBlock >= BLOCK) {
          hash.digest()
          hash = createHash('sha256')
          inBlock %= BLOCK
        }
      }
      if (left <= 0) {
        break
      }
    }
    seconds = (performance.now() - start) / 1000
  }
  console.log(`${seconds} ${cpuSeconds()}`)
}
