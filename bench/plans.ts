import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import { openRedis } from '#platform/redis'
import { buildApp } from '#server/app'
import { serve } from '#server/serve'
import { statementsOf } from '#test/support/plans'
import { gather, type Crowd } from './support/crowd/gather.ts'
import { explain, largeTables, openExplainer, type Run } from './support/explain.ts'
import type { Measure } from './support/measure.ts'
import { type Kind, type Question, questionsOf } from './support/questions.ts'

const POSTS = Number(process.env.KITH_BENCH_POSTS ?? 1_000_000)
/** A table is large from so many rows on. */
const LARGE = 5000
const ROUNDS = 5

/** The most rows that one step may read for nothing. Search looks through the newest 20,000 posts for words. */
const wasteGoals: Record<Kind, number> = {
  timelines: 5000,
  threads: 5000,
  notifications: 5000,
  search: 25_000,
}
/** Milliseconds. */
const timeGoals: Partial<Record<Kind, number>> = { search: 100 }

type Asked = Question & { runs: Run[]; times: number[] }

const shortened = (sql: string): string => sql.replaceAll(/\s+/g, ' ').slice(0, 400)
const nameOf = ({ voice, path }: Question): string => `${decodeURIComponent(path)} as ${voice}`

/** Serves the app in this process, so that every statement of it is seen; gives how to ask, with milliseconds. */
async function open({ tokens }: Crowd): Promise<(question: Question, limit: number) => Promise<number>> {
  await openRedis()
  const server = serve(await buildApp())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return async ({ voice, path }, limit) => {
    const began = performance.now()
    const headers = voice === 'visitor' ? {} : { authorization: `Bearer ${tokens[voice]}` }
    const answer = await fetch(`${url}${path}&limit=${limit}`, { headers })
    const body = await answer.text()
    if (!answer.ok) throw new Error(`${voice}: ${path} gave ${answer.status} ${body.slice(0, 300)}`)
    return performance.now() - began
  }
}

/** Asks each question once to see how its statements run, then some times more. A page of another length is not kept. */
async function askAll(crowd: Crowd, questions: Question[]): Promise<Asked[]> {
  const ask = await open(crowd)
  const explainer = await openExplainer()
  const asked: Asked[] = []
  for (const question of questions) {
    const runs: Run[] = []
    for (const [sql, values] of await statementsOf(() => ask(question, 20)))
      runs.push(await explain(explainer, sql, values))
    asked.push({ ...question, runs, times: [] })
  }
  for (let round = 1; round <= ROUNDS; round += 1)
    for (const each of asked) each.times.push(await ask(each, 20 + round))
  await explainer.end()
  return asked
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN

/** Prints the statements that stand out in something, the worst first, each once. */
function printWorst(asked: Asked[], what: 'read' | 'wasted' | 'ms'): void {
  const all = asked.flatMap((each) => each.runs.map((run) => ({ each, run })))
  const seen = new Set<string>()
  const worst = all
    .sort((a, b) => b.run[what] - a.run[what])
    .filter(({ run }) => !seen.has(run.sql) && seen.add(run.sql))
  console.error(`\nThe statements with the most ${what}:`)
  for (const { each, run } of worst.slice(0, 5))
    console.error(
      `${Math.round(run.read)} rows read, ${Math.round(run.wasted)} for nothing, ${run.ms.toFixed(1)} ms: ${nameOf(each)}\n` +
        `  ${shortened(run.sql)}\n${run.plan.slice(0, 3000).replaceAll(/^/gm, '  | ')}`,
    )
}

function printSlowest(asked: Asked[]): void {
  const middle = ({ times }: Asked) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
  console.error('\nThe slowest questions, by their middle time:')
  for (const each of asked.toSorted((a, b) => middle(b) - middle(a)).slice(0, 25))
    console.error(
      `${middle(each).toFixed(0)} ms (first statements ${sum(each.runs).toFixed(0)} ms): ${nameOf(each)}`,
    )
}

const sum = (runs: Run[]): number => runs.reduce((total, { ms }) => total + ms, 0)

async function scansIn(asked: Asked[]): Promise<string[]> {
  const client = await openExplainer()
  const large = await largeTables(client, LARGE)
  await client.end()
  const found = asked.flatMap((each) =>
    each.runs.flatMap(({ sql, scans, plan }) =>
      scans.filter((table) => large.has(table)).map((table) => `${table}: ${shortened(sql)}\n${plan}`),
    ),
  )
  return [...new Set(found)]
}

/**
 * Every query of timelines, threads, notifications and search in a large community, as members with much and with little
 * and as a visitor: none reads a large table from end to end, or many rows for nothing. Prints which cost the most.
 */
export async function measure(): Promise<Measure[]> {
  const crowd = await gather(POSTS)
  const asked = await askAll(crowd, await questionsOf(crowd))
  const scans = await scansIn(asked)
  for (const scan of scans) console.error(`read from end to end: ${scan}`)
  for (const what of ['read', 'wasted', 'ms'] as const) printWorst(asked, what)
  printSlowest(asked)
  const statements = asked.flatMap(({ runs }) => runs)
  const at = `at ${POSTS.toLocaleString('en')} posts`
  return [
    { what: `questions asked ${at}`, value: asked.length, unit: '' },
    { what: 'statements seen', value: new Set(statements.map(({ sql }) => sql)).size, unit: '' },
    {
      what: `plans that read a table of more than ${LARGE} rows from end to end`,
      value: scans.length,
      unit: '',
      atMost: 0,
    },
    {
      what: 'rows read by the worst statement',
      value: Math.max(...statements.map(({ read }) => read)),
      unit: '',
    },
    { what: 'time of the slowest statement', value: Math.max(...statements.map(({ ms }) => ms)), unit: 'ms' },
    ...(Object.keys(wasteGoals) as Kind[]).flatMap((kind) => measuresOf(kind, asked)),
  ]
}

function measuresOf(kind: Kind, all: Asked[]): Measure[] {
  const asked = all.filter((each) => each.kind === kind)
  const waste = Math.max(...asked.flatMap(({ runs }) => runs.map(({ wasted }) => wasted)))
  const time: Measure = {
    what: `${kind}: p95 of a request`,
    value: p95(asked.flatMap(({ times }) => times)),
    unit: 'ms',
  }
  const atMost = timeGoals[kind]
  return [
    {
      what: `${kind}: most rows that a step reads for nothing`,
      value: waste,
      unit: '',
      atMost: wasteGoals[kind],
    },
    atMost === undefined ? time : { ...time, atMost },
  ]
}
