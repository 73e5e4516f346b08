import type { Transaction } from 'sequelize'
import { instance } from '#config/instance'
import { rows } from '#platform/db'
import type { Id } from '#platform/ids'

/** A rule of the house, with an explanation that may be empty. Texts are plain. */
export type Rule = { id: string; text: string; hint: string }

/** One version of the terms of service: HTML, and the day from which it holds (`YYYY-MM-DD`). */
export type Terms = { date: string; html: string }

/** Who may see something: everybody, members, nobody. */
export type Shown = 'all' | 'users' | 'disabled'

/** What the admins decided about this instance. Markup has passed the sanitiser when it was set. */
export type Settings = {
  title: string
  /** One or two sentences in plain text. */
  description: string
  /** What the page about this instance says, as HTML; empty when nothing was written. */
  aboutHtml: string
  aboutUpdatedAt: string | null
  /** The privacy notes as HTML; empty for those that come with Kith. */
  privacyHtml: string
  privacyUpdatedAt: string | null
  /** All versions of the terms, from the oldest; empty where there are none. */
  terms: Terms[]
  rules: Rule[]
  contactEmail: string | null
  /** The member who keeps this instance. */
  contactAccountId: Id | null
  registrations: 'open' | 'approval' | 'closed'
  /** Is there a list of members who want to be found? */
  directory: boolean
  /** Years; null when nobody is asked. */
  minimumAge: number | null
  /** Where the source code of this server can be had, changes included. */
  sourceUrl: string | null
  /** May everybody see which servers are known here? */
  peers: boolean
  /** May everybody see how much happens here, week by week? */
  activity: boolean
  /** Who reads the public timelines: posts from here, and from elsewhere (TL-15). */
  localFeeds: Shown
  remoteFeeds: Shown
  /** The same for those of hashtags. */
  localTagFeeds: Shown
  remoteTagFeeds: Shown
  /** Who sees which domains are blocked here, and who sees why (INST-23). */
  domainBlocks: Shown
  domainBlockReasons: Shown
  /** Does what is talked about show at once, once staff has looked at it, or never (MISC-11)? */
  trends: 'open' | 'reviewed' | 'off'
  /** What NodeInfo calls this software: some apps show whole screens only by a name that they know (client extensions 2). */
  softwareName: 'kith' | 'mastodon'
  /** With whom does the instance speak: with everybody who is not barred, or with allowed domains only (federation rule 231)? */
  federation: 'open' | 'allowed'
  /** Does WebFinger lead to members while only allowed domains are spoken with? Nobody can tell who asks it (rule 199). */
  webFinger: boolean
  /** Does the instance name its features in the words of pl-fe and Nicolium too (client extensions 2)? */
  plApi: boolean
}

/** What holds while nobody has decided anything. Newcomers wait for a nod: an open door is found by spammers first. */
export const usualSettings: Readonly<Settings> = Object.freeze({
  title: instance.domain,
  description: '',
  aboutHtml: '',
  aboutUpdatedAt: null,
  privacyHtml: '',
  privacyUpdatedAt: null,
  terms: [],
  rules: [],
  contactEmail: null,
  contactAccountId: null,
  registrations: 'approval',
  directory: true,
  minimumAge: null,
  sourceUrl: null,
  peers: true,
  activity: true,
  localFeeds: 'all',
  remoteFeeds: 'all',
  localTagFeeds: 'all',
  remoteTagFeeds: 'all',
  domainBlocks: 'disabled',
  domainBlockReasons: 'disabled',
  trends: 'open',
  softwareName: 'kith',
  federation: 'open',
  webFinger: true,
  plApi: true,
})

/** Reads what the admins decided, over what is usual. One query. */
export async function readSettings(ctx: { tx?: Transaction | undefined }): Promise<Settings> {
  const keys = Object.keys(usualSettings)
  const found = await rows<{ key: string; value: unknown }>(
    ctx,
    'SELECT key, value FROM settings WHERE key = ANY ($1::text[])',
    [keys],
  )
  return { ...usualSettings, ...Object.fromEntries(found.map(({ key, value }) => [key, value])) }
}
