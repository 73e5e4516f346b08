import type { Ctx } from '../ctx.ts'
import { sanitizeHtml } from '../text/sanitize-html.ts'
import { cleanText } from '../text/clean-text.ts'
import { now } from '#platform/clock'
import { Forbidden, Invalid } from '#platform/errors'
import { transact } from '#platform/transact'
import { readSettings, type Settings } from './read-settings.ts'
import { Setting } from './setting.model.ts'

const line = (text: string, most: number, name: string): string => {
  const clean = cleanText(text).trim()
  if ([...clean].length > most) throw new Invalid(`${name} is too long: at most ${most} characters.`)
  return clean
}

const address = (text: string | null): string | null => {
  if (text !== null && !/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new Invalid('sourceUrl must begin with https:// or http://.')
  return text
}

const modes: readonly string[] = ['open', 'approval', 'closed']

/** How each setting is checked and kept. */
const keep: { [K in keyof Settings]: (value: Settings[K]) => Settings[K] } = {
  title: (text) => line(text, 60, 'title') || refuseEmpty('title'),
  description: (text) => line(text, 500, 'description'),
  aboutHtml: (html) => sanitizeHtml(html),
  privacyHtml: (html) => sanitizeHtml(html),
  privacyUpdatedAt: (time) => time,
  rules: (rules) =>
    rules.map(({ id, text, hint }) => ({
      id,
      text: line(text, 300, 'rule'),
      hint: line(hint, 1000, 'hint'),
    })),
  contactEmail: (email) => email && line(email, 254, 'contactEmail'),
  contactAccountId: (id) => id,
  registrations: (mode) => {
    if (!modes.includes(mode)) throw new Invalid(`registrations must be one of ${modes.join(', ')}.`)
    return mode
  },
  minimumAge: (years) => {
    if (years !== null && !(Number.isInteger(years) && years > 0 && years < 120))
      throw new Invalid('minimumAge must be a number of years.')
    return years
  },
  sourceUrl: address,
}

function refuseEmpty(name: string): never {
  throw new Invalid(`${name} cannot be empty.`)
}

/**
 * Changes what the admins decided about this instance, with effect at once. Throws Forbidden for anybody but staff
 * who runs it, Invalid with a sentence about the first value that cannot be kept.
 */
export async function changeSettings(ctx: Ctx, changes: Partial<Settings>): Promise<Settings> {
  const { actor } = ctx
  const isAllowed =
    actor.kind === 'operator' || (actor.kind === 'person' && ['owner', 'admin'].includes(actor.role))
  if (!isAllowed) throw new Forbidden()
  const touched = 'privacyHtml' in changes ? { ...changes, privacyUpdatedAt: now().toISOString() } : changes
  const kept = Object.entries(touched).map(([key, value]) => ({
    key,
    value: (keep[key as keyof Settings] as (value: unknown) => unknown)(value),
    updatedAt: now(),
  }))
  return transact(ctx, async (ctx) => {
    await Setting.bulkCreate(kept, { updateOnDuplicate: ['value', 'updatedAt'], transaction: ctx.tx })
    return readSettings(ctx)
  })
}
