import { compareIds, type Id } from '#platform/ids'

/** A post in a feed, and what it boosts. */
export type FeedEntry = { id: Id; boostOfId: Id | null }

// Redis compares members as text: ids of equal length stay in order, to the last bit, which scores could not hold.
const WIDTH = 19
export const padded = (id: Id): string => id.padStart(WIDTH, '0')

/** An entry as it stands in Redis: its id, and that of what it boosts. */
export const memberOf = ({ id, boostOfId }: FeedEntry): string =>
  boostOfId ? `${padded(id)}>${padded(boostOfId)}` : padded(id)

/** The entry that a member stands for. */
export function entryOf(member: string): FeedEntry {
  const [id = '', boostOfId] = member.split('>').map((part) => part.replace(/^0+/, ''))
  return { id, boostOfId: boostOfId ?? null }
}

/** How far back the same post is not shown again (TL-04). */
export const REPEATS = 40

/**
 * Leaves out boosts of what is among the last entries before them, as itself or as a boost (TL-04). Takes entries in any
 * order and gives them newest first.
 */
export function withoutRepeats(entries: readonly FeedEntry[]): FeedEntry[] {
  const kept: FeedEntry[] = []
  for (const entry of entries.toSorted((a, b) => compareIds(a.id, b.id))) {
    const recent = kept.slice(-REPEATS)
    const { boostOfId } = entry
    if (!boostOfId || !recent.some((each) => each.id === boostOfId || each.boostOfId === boostOfId))
      kept.push(entry)
  }
  return kept.reverse()
}
