import { lru } from '#platform/lru'
import { publishAfter, subscribe } from '#platform/pubsub'
import type { Transaction } from 'sequelize'
import { readSettings, type Settings } from './read-settings.ts'

const topic = 'settings'
// A change is told to every process at once; the minute is for messages that get lost.
const kept = lru<Settings>(1, 60)
let isListening = false

/** What the admins decided, for what is asked all the time: read anew after a change, and every minute. */
export async function keptSettings(): Promise<Settings> {
  if (!isListening) {
    isListening = true
    subscribe(topic, () => kept.clear())
  }
  const known = kept.get(topic)
  if (known) return known
  const settings = await readSettings({})
  kept.set(topic, settings)
  return settings
}

/** Tells every process, once the transaction is committed, that settings changed. */
export const tellOfSettings = (ctx: { tx?: Transaction | undefined }): Promise<void> =>
  publishAfter(ctx, topic, {})
