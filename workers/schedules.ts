import type { Ctx } from '#core/ctx'
import { rows } from '#platform/db'
import { inSeconds } from '#platform/clock'
import { loadFolder } from '#platform/load-folder'
import type { OwedRow } from '#platform/owed-work'
import type { Outcome } from './runner.ts'

/** A sweep over due rows that is run again and again. */
export type Schedule = { name: string; every: number; run(ctx: Ctx): Promise<void> }

const units = { s: 1, m: 60, h: 3600, d: 86_400 } as const
const mark = Symbol('schedule')

type Entry = { every: `${number}${keyof typeof units}`; run(ctx: Ctx): Promise<void> }

/** States that `run` is called once every so often, by one process at a time: `{ every: '5m', run: closePolls }`. */
export const schedule = (...entries: Entry[]): Schedule[] =>
  Object.assign(
    entries.map(({ every, run }) => ({
      name: run.name,
      every: Number.parseInt(every, 10) * units[every.at(-1) as keyof typeof units],
      run,
    })),
    { [mark]: true },
  )

const isSchedules = (value: unknown): value is Schedule[] => Array.isArray(value) && mark in value

/** Reads `workers/schedules/`. */
export const collectSchedules = async (): Promise<Map<string, Schedule>> => {
  const found = await loadFolder(new URL('schedules/', import.meta.url), isSchedules)
  return new Map(found.flatMap(({ value }) => value).map((each) => [each.name, each]))
}

/** Makes sure that each schedule has its one row, and that those of former releases have none. */
export async function plant(schedules: Map<string, Schedule>): Promise<void> {
  const names = [...schedules.keys()]
  await rows({}, `DELETE FROM owed_work WHERE kind = 'schedule' AND NOT key = ANY ($1)`, [names])
  await rows(
    {},
    `INSERT INTO owed_work (kind, key, payload) SELECT 'schedule', name, jsonb_build_object('name', name) FROM unnest($1::text[]) AS name
     ON CONFLICT (kind, key) WHERE key IS NOT NULL DO UPDATE SET dead_at = NULL`,
    [names],
  )
}

/** Runs a schedule whose time has come, and says when it comes again. */
export const keepTime =
  (ctx: Ctx, schedules: Map<string, Schedule>) =>
  async (row: OwedRow): Promise<Outcome> => {
    const due = schedules.get((row.payload as { name: string }).name)
    if (!due) return
    await due.run(ctx)
    return { again: inSeconds(due.every) }
  }
