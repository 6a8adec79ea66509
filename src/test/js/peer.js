// A Codex peer on js-libp2p that does what its standard input says. Options come as one JSON argument; README.md has
// them all. It ends when its standard input does.
import './polyfill.js'
import { report, runCommands } from './peer/control.js'

const DEFAULTS = {
  identity: 'secp256k1',
  key: undefined,
  muxers: ['mplex'],
  earlyMuxer: true,
  identify: true,
  listen: ['/ip4/127.0.0.1/tcp/0'],
  answerOn: 'own',
  agent: 'codex-interop-js',
  keepAlive: true,
  idleTimeout: undefined
}

const { identify: identifies, ...options } = { ...DEFAULTS, ...JSON.parse(process.argv[2] ?? '{}') }

// After the polyfill, which static imports would overtake.
const { createNode, privateKeyOf } = await import('./peer/libp2p.js')
const { Exchange } = await import('./peer/exchange.js')
const { Inventory } = await import('./peer/inventory.js')
const { answerPings } = await import('./peer/ping.js')
const { createCommands } = await import('./peer/commands.js')

const privateKey = await privateKeyOf(options)
const node = await createNode({ ...options, privateKey, identifies })
const inventory = new Inventory()
const exchange = new Exchange(node, inventory, options.answerOn === 'request', report)

node.addEventListener('connection:open', ({ detail }) => report('connected', {
  peer: detail.remotePeer.toString(),
  address: detail.remoteAddr.toString(),
  direction: detail.direction,
  muxer: detail.multiplexer
}))
node.addEventListener('connection:close', ({ detail }) => report('disconnected', { peer: detail.remotePeer.toString() }))
node.addEventListener('peer:identify', ({ detail }) => report('identified', {
  peer: detail.peerId.toString(),
  agent: detail.agentVersion,
  protocolVersion: detail.protocolVersion,
  protocols: detail.protocols,
  listenAddresses: detail.listenAddrs.map(String),
  observedAddress: detail.observedAddr?.toString(),
  signedRecord: detail.signedPeerRecord?.addresses.map(String)
}))

await exchange.start()
await answerPings(node)
report('ready', { peer: node.peerId.toString(), addresses: node.getMultiaddrs().map(String) })

await runCommands(createCommands({ node, privateKey, inventory, exchange }))
await node.stop()
process.exit(0)
