import { assertRunsInstance } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { sanitizeHtml } from '../text/sanitize-html.ts'
import { cleanText } from '../text/clean-text.ts'
import { now } from '#platform/clock'
import { Invalid } from '#platform/errors'
import { transact } from '#platform/transact'
import { tellOfSettings } from './kept-settings.ts'
import { readSettings, type Settings, type Terms } from './read-settings.ts'
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

const modes = ['open', 'approval', 'closed'] as const
const audiences = ['all', 'users', 'disabled'] as const

const oneOf =
  <T extends string>(name: string, choices: readonly T[]) =>
  (value: T): T => {
    if (!choices.includes(value)) throw new Invalid(`${name} must be one of ${choices.join(', ')}.`)
    return value
  }

const yesOrNo = (name: string) => (value: boolean) => {
  if (typeof value !== 'boolean') throw new Invalid(`${name} must be yes or no.`)
  return value
}

/** The versions of the terms by their days; a day has one. */
function inOrder(terms: readonly Terms[]): Terms[] {
  const byDay = new Map(terms.map(({ date, html }) => [date, { date, html: sanitizeHtml(html) }]))
  for (const date of byDay.keys())
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date)))
      throw new Invalid('A version of the terms needs a day: YYYY-MM-DD.')
  return [...byDay.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1))
}

/** How each setting is checked and kept. */
const keep: { [K in keyof Settings]: (value: Settings[K]) => Settings[K] } = {
  title: (text) => line(text, 60, 'title') || refuseEmpty('title'),
  description: (text) => line(text, 500, 'description'),
  aboutHtml: (html) => sanitizeHtml(html),
  privacyHtml: (html) => sanitizeHtml(html),
  privacyUpdatedAt: (time) => time,
  aboutUpdatedAt: (time) => time,
  terms: inOrder,
  rules: (rules) =>
    rules.map(({ id, text, hint }) => ({
      id,
      text: line(text, 300, 'rule'),
      hint: line(hint, 1000, 'hint'),
    })),
  contactEmail: (email) => email && line(email, 254, 'contactEmail'),
  contactAccountId: (id) => id,
  registrations: oneOf('registrations', modes),
  directory: yesOrNo('directory'),
  minimumAge: (years) => {
    if (years !== null && !(Number.isInteger(years) && years > 0 && years < 120))
      throw new Invalid('minimumAge must be a number of years.')
    return years
  },
  sourceUrl: address,
  peers: yesOrNo('peers'),
  activity: yesOrNo('activity'),
  localFeeds: oneOf('localFeeds', audiences),
  remoteFeeds: oneOf('remoteFeeds', audiences),
  localTagFeeds: oneOf('localTagFeeds', audiences),
  remoteTagFeeds: oneOf('remoteTagFeeds', audiences),
  domainBlocks: oneOf('domainBlocks', audiences),
  domainBlockReasons: oneOf('domainBlockReasons', audiences),
  trends: oneOf('trends', ['open', 'reviewed', 'off']),
  softwareName: oneOf('softwareName', ['kith', 'mastodon']),
  federation: oneOf('federation', ['open', 'allowed']),
  webFinger: yesOrNo('webFinger'),
  plApi: yesOrNo('plApi'),
}

function refuseEmpty(name: string): never {
  throw new Invalid(`${name} cannot be empty.`)
}

/**
 * Changes what the admins decided about this instance, with effect at once. Throws Forbidden for anybody but staff
 * who runs it, Invalid with a sentence about the first value that cannot be kept.
 */
export async function changeSettings(ctx: Ctx, changes: Partial<Settings>): Promise<Settings> {
  assertRunsInstance(ctx)
  const touched = {
    ...changes,
    ...('privacyHtml' in changes ? { privacyUpdatedAt: now().toISOString() } : {}),
    ...('aboutHtml' in changes ? { aboutUpdatedAt: now().toISOString() } : {}),
  }
  const kept = Object.entries(touched).map(([key, value]) => ({
    key,
    value: (keep[key as keyof Settings] as (value: unknown) => unknown)(value),
    updatedAt: now(),
  }))
  return transact(ctx, async (ctx) => {
    await Setting.bulkCreate(kept, { updateOnDuplicate: ['value', 'updatedAt'], transaction: ctx.tx })
    await tellOfSettings(ctx)
    return readSettings(ctx)
  })
}
