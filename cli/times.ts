import { WrongUsage } from './command.ts'

/** Reads a moment such as 2026-12-24T18:00Z; undefined for nothing, null for an empty word. Throws WrongUsage. */
export function readTime(text: string | boolean | undefined): Date | null | undefined {
  if (text === undefined) return undefined
  if (text === '') return null
  const time = new Date(String(text))
  if (Number.isNaN(time.getTime())) throw new WrongUsage('Write times as 2026-12-24T18:00Z.')
  return time
}
