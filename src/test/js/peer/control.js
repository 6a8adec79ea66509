// The control protocol: a command a line on standard input, an event a line on standard output.
import { createInterface } from 'node:readline'

export function report (event, fields = {}) {
  process.stdout.write(`${JSON.stringify({ event, ...fields }, (_, value) => typeof value === 'bigint' ? value.toString() : value)}\n`)
}

// Runs commands one after the other until the input ends.
export async function runCommands (commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, command, ...fields } = JSON.parse(line)
    try {
      if (commands[command] === undefined) {
        throw new RangeError(`no such command: ${command}`)
      }
      report('answer', { id, result: await commands[command](fields) ?? {} })
    } catch (error) {
      report('answer', { id, error: `${error.name}: ${error.message}` })
    }
  }
}
