import { fork } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from './project.mjs'
import { say, Stop } from './say.mjs'
import { startTestServices } from './test-services.mjs'

const names = () => {
  const files = readdirSync(inProject('bench')).filter((name) => name.endsWith('.ts'))
  return files.map((name) => name.slice(0, -3)).sort()
}

/** Measures one file in a process of its own, so that none inherits the heap or the caches of another. */
function measure(name, env) {
  const child = fork(inProject('bin', 'launch', 'bench-child.mjs'), [inProject('bench', `${name}.ts`)], {
    env,
  })
  return new Promise((resolve, reject) => {
    let rows
    child.on('message', (message) => (rows = message))
    child.on('error', reject)
    child.on('exit', () =>
      rows ? resolve(rows) : reject(new Stop(`the bench ${name} ended without a result.`)),
    )
  })
}

const isMissed = ({ value, atMost = Infinity, atLeast = -Infinity }) => value > atMost || value < atLeast

function line(name, row) {
  const { what, value, unit, atMost, atLeast } = row
  const goal = atMost === undefined ? (atLeast === undefined ? '' : `≥ ${atLeast}`) : `≤ ${atMost}`
  const shown = value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })
  return [name, what, `${shown} ${unit}`, goal, goal && (isMissed(row) ? 'MISSED' : 'ok')]
}

function printTable(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => cells[column].length)))
  const pad = (cell, column) => (column === 2 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))
  for (const cells of lines) console.log(cells.map(pad).join('  ').trimEnd())
}

/** Runs `bench/*.ts`, or those that are named, and prints one table. Gives 1 when a goal is missed. */
export async function runBenches(wanted) {
  const unknown = wanted.find((name) => !names().includes(name))
  if (unknown) throw new Stop(`there is no bench ${unknown}; there are ${names().join(', ')}.`, 2)
  const results = []
  for (const name of wanted.length > 0 ? wanted : names()) {
    say(`measuring ${name}`)
    const services = await startTestServices(1, { options: {} })
    const stores = {
      DATABASE_URL: services.database,
      REDIS_URL: services.redis[0],
      KITH_DATA: join(services.folder, 'data'),
    }
    try {
      const rows = await measure(name, {
        KITH_LOG: 'warn',
        // So that nobody meets their limit.
        KITH_RATE_FACTOR: '1000',
        ...process.env,
        ...stores,
      })
      results.push(...rows.map((row) => ({ name, row })))
    } finally {
      await services.stop()
    }
  }
  printTable([['bench', 'what', 'measured', 'goal', ''], ...results.map(({ name, row }) => line(name, row))])
  return results.some(({ row }) => isMissed(row)) ? 1 : 0
}
